/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes a float32 WAV file (WAVE_FORMAT_IEEE_FLOAT) of a length that is known before. A writer
 * that is freed before it has finished leaves no trace: the file that was there stays, or none. */
typedef struct _ZabWavWriter ZabWavWriter;

/* RIFF's 4 GiB are the limit: an error where @n_frames are more. */
ZabWavWriter *zab_wav_writer_new (GFile *file, guint rate, guint channels, guint64 n_frames,
                                  GError **error);

/* @frames: @n_frames x channels, interleaved. */
gboolean zab_wav_writer_write (ZabWavWriter *self, const float *frames, guint64 n_frames,
                               GError **error);

/* To be called once all frames are written. */
gboolean zab_wav_writer_finish (ZabWavWriter *self, GError **error);
void     zab_wav_writer_free (ZabWavWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabWavWriter, zab_wav_writer_free)

/* A whole file at once. */
gboolean zab_wav_write (GFile *file, guint rate, guint channels, const float *frames,
                        guint64 n_frames, GError **error);

G_END_DECLS
