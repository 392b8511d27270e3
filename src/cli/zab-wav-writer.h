/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes float32 WAV files (WAVE_FORMAT_IEEE_FLOAT; RIFF's 4 GiB are the limit). */
typedef struct _ZabWavWriter ZabWavWriter;

ZabWavWriter *zab_wav_writer_new (GFile *file, guint rate, guint channels, GError **error);

/* @frames: @n_frames x channels, interleaved. */
gboolean zab_wav_writer_write (ZabWavWriter *self, const float *frames, guint64 n_frames,
                               GError **error);

/* Completes the header. Without it the file is not usable. */
gboolean zab_wav_writer_finish (ZabWavWriter *self, GError **error);
void     zab_wav_writer_free (ZabWavWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabWavWriter, zab_wav_writer_free)

/* A whole file at once. */
gboolean zab_wav_write (GFile *file, guint rate, guint channels, const float *frames,
                        guint64 n_frames, GError **error);

G_END_DECLS
