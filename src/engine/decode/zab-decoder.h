/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Decodes one audio file, block by block, in the thread that calls it.
 *
 * Every function: Thread: any one at a time (a worker in the program). All waits are bounded and
 * end early when the cancellable is triggered. */
typedef struct _ZabDecoder ZabDecoder;

typedef struct
{
  guint    rate;     /* Hz, as in the file: 4000..384000 */
  guint    channels; /* of what read() gives: 1 or 2; more in the file are mixed down */
  gint64   n_frames; /* at @rate, exact where the file tells; -1 when it does not */
  gboolean is_coded; /* there is more to do than to read it */
} ZabAudioInfo;

typedef struct
{
  gboolean alone;       /* another core has nothing to do, and may help; FALSE as a rule */
  gint64   stall_limit; /* µs: a decoder that neither takes nor gives anything for so long is given
                           up with ZAB_LOAD_ERROR_TIMED_OUT; 0: 10 s, and 1 s more for each 10 MB */
} ZabDecoderOptions;

/* Opens what @fd holds (a regular file, read from its start; borrowed until free) and reads on
 * until the format is known. @name is for messages. NULL and a ZAB_LOAD_ERROR on failure, or
 * G_IO_ERROR_CANCELLED. */
ZabDecoder *zab_decoder_open (int fd, const char *name, GCancellable *cancellable, GError **error);

/* The same, in another way than the usual one. */
ZabDecoder *zab_decoder_open_with (int fd, const char *name, const ZabDecoderOptions *options,
                                   GCancellable *cancellable, GError **error);

void zab_decoder_free (ZabDecoder *self);

/* Valid until free. */
const ZabAudioInfo *zab_decoder_get_info (ZabDecoder *self);

/* Gives the next frames, at most @max_frames x info.channels interleaved float32 at the file's own
 * rate. Returns how many, 0 at the end, -1 on error. */
gssize zab_decoder_read (ZabDecoder *self, float *frames, gsize max_frames,
                         GCancellable *cancellable, GError **error);

/* How much of the file is decoded: 0..1, never decreasing. */
double zab_decoder_get_fraction (ZabDecoder *self);

/* What the user should know about a file that loaded nevertheless ("the file is cut off"): NULL or
 * a translated sentence, valid until free. Known once read() has returned 0. */
const char *zab_decoder_get_warning (ZabDecoder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabDecoder, zab_decoder_free)

G_END_DECLS
