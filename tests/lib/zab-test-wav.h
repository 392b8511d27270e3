/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Float32 WAV files, bit for bit. Thread: any. */
typedef struct
{
  guint  rate; /* Hz */
  guint  channels;
  gsize  n_frames;
  float *frames; /* n_frames x channels, interleaved */
} ZabTestWav;

gboolean zab_test_wav_write (const char *path, const float *frames, gsize n_frames, guint channels,
                             guint rate, GError **error);

/* Reads what write () wrote and what other programs write as 32-bit float, extensible or not; NULL
 * and an error for everything else. */
ZabTestWav *zab_test_wav_read (const char *path, GError **error);
void        zab_test_wav_free (ZabTestWav *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabTestWav, zab_test_wav_free)

G_END_DECLS
