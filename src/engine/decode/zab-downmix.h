/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/audio/audio.h>

G_BEGIN_DECLS

enum
{
  ZAB_MAX_FILE_CHANNELS = 8
};

/* How much of each channel of a file goes to the left and to the right. */
typedef struct
{
  guint n_in;
  guint n_out; /* 1 or 2 */
  float gain[2][ZAB_MAX_FILE_CHANNELS];
} ZabDownmix;

/* Thread: any. From the channels of @info, 1..8, to @n_out. Three and more are mixed after ITU-R
 * BS.775: the centre and the surrounds 3 dB lower on the sides they belong to, the low-frequency
 * channel left out; and all of it so much lower that full scale on every channel does not clip. */
void zab_downmix_init (ZabDownmix *self, const GstAudioInfo *info, guint n_out);

/* Thread: any. Interleaved in, interleaved out; not in place. */
void zab_downmix_run (const ZabDownmix *self, const float *in, gsize n_frames, float *out);

G_END_DECLS
