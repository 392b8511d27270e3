/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Each message names the file, the cause and, where there is one, the way out; it is translated and
 * fit to be shown. */
#define ZAB_LOAD_ERROR (zab_load_error_quark ())
GQuark zab_load_error_quark (void);

/**
 * ZabLoadError:
 * @ZAB_LOAD_ERROR_FAILED: nothing more precise is known
 * @ZAB_LOAD_ERROR_INVALID_ARGUMENT: no such pad, or nothing that can be a file
 * @ZAB_LOAD_ERROR_NOT_FOUND: there is no such file
 * @ZAB_LOAD_ERROR_NOT_READABLE: permission, I/O error
 * @ZAB_LOAD_ERROR_NOT_REGULAR_FILE: a directory, FIFO, device or socket
 * @ZAB_LOAD_ERROR_EMPTY: 0 bytes, or no frame of audio
 * @ZAB_LOAD_ERROR_NOT_AUDIO: nothing in it is known as audio
 * @ZAB_LOAD_ERROR_NO_DECODER: known, but the plug-in that decodes it is not installed
 * @ZAB_LOAD_ERROR_DAMAGED: the header lies, or the data can't be decoded
 * @ZAB_LOAD_ERROR_NOT_FINITE: NaN or infinity inside
 * @ZAB_LOAD_ERROR_TOO_LARGE: more than the memory that a sample may take
 * @ZAB_LOAD_ERROR_TIMED_OUT: the decoder stopped answering
 * @ZAB_LOAD_ERROR_QUEUE_FULL: the audio thread takes no more commands just now
 *
 * Why a load failed.
 */
typedef enum
{
  ZAB_LOAD_ERROR_FAILED,
  ZAB_LOAD_ERROR_INVALID_ARGUMENT,
  ZAB_LOAD_ERROR_NOT_FOUND,
  ZAB_LOAD_ERROR_NOT_READABLE,
  ZAB_LOAD_ERROR_NOT_REGULAR_FILE,
  ZAB_LOAD_ERROR_EMPTY,
  ZAB_LOAD_ERROR_NOT_AUDIO,
  ZAB_LOAD_ERROR_NO_DECODER,
  ZAB_LOAD_ERROR_DAMAGED,
  ZAB_LOAD_ERROR_NOT_FINITE,
  ZAB_LOAD_ERROR_TOO_LARGE,
  ZAB_LOAD_ERROR_TIMED_OUT,
  ZAB_LOAD_ERROR_QUEUE_FULL,
} ZabLoadError;

G_END_DECLS
