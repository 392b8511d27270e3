/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/audio/audio.h>

#include "engine/decode/zab-downmix.h"

G_BEGIN_DECLS

/* Raw audio as it comes from a decoder, buffer by buffer, made into float32 of one or two channels.
 * Every function: Thread: any one at a time. */
typedef struct
{
  GstCaps       *caps;       /* what @info was made from */
  GstAudioInfo   info;       /* of the buffers */
  guint          n_channels; /* of what read () gives: 1 or 2 */
  ZabDownmix     downmix;
  GstSample     *sample; /* what is being read, or NULL */
  GstAudioBuffer buffer; /* mapped while there is a sample */
  gsize          position;
} ZabPcm;

/* Begins to read @sample (transfer full); the one before has been read or is dropped. FALSE when it
 * is nothing that can be read; @self is then as empty as before. */
gboolean zab_pcm_take (ZabPcm *self, GstSample *sample);
void     zab_pcm_clear (ZabPcm *self);

/* Frames that are left of the sample. */
gsize zab_pcm_get_left (const ZabPcm *self);
void  zab_pcm_skip (ZabPcm *self, gsize n_frames);

/* Writes @n_frames, no more than are left, x n_channels to @out. */
void zab_pcm_read (ZabPcm *self, gsize n_frames, float *out);

G_END_DECLS
