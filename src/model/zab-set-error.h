/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Why a set could not be opened or saved. Each message names the file, the cause and, where there
 * is one, the way out; it is translated and fit to be shown. */
#define ZAB_SET_ERROR (zab_set_error_quark ())
GQuark zab_set_error_quark (void);

typedef enum
{
  ZAB_SET_ERROR_FAILED, /* nothing more precise is known */
  ZAB_SET_ERROR_NOT_FOUND,
  ZAB_SET_ERROR_NOT_READABLE, /* permission, I/O error, no regular file */
  ZAB_SET_ERROR_NOT_A_SET,    /* something else, or text that is no JSON */
  ZAB_SET_ERROR_NEWER,        /* made by a newer version of the program */
  ZAB_SET_ERROR_DAMAGED,      /* a set, but with something in it that can't be */
  ZAB_SET_ERROR_TOO_LARGE,    /* more than any set has */
  ZAB_SET_ERROR_NO_SPACE,     /* the disk or the quota is full */
  ZAB_SET_ERROR_READ_ONLY,    /* the place can't be written to */
  ZAB_SET_ERROR_FOLDER_GONE,  /* the folder to save in is not there any more */
  ZAB_SET_ERROR_MISSING,      /* a sound that a bundle is to hold */
  ZAB_SET_ERROR_CHANGED,      /* on the disk, by someone else, since it was opened */
} ZabSetErrorCode;

/* The error that @error, of GIO or GLib, is for someone who opens or saves @file. Thread: any. */
GError *zab_set_error_from_reading (const GError *error, GFile *file);
GError *zab_set_error_from_writing (const GError *error, GFile *file);

G_END_DECLS
