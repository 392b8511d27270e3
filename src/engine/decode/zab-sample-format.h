/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/audio/audio.h>

G_BEGIN_DECLS

/* Thread: any. Whether zab_sample_format_to_float () knows @format. */
gboolean zab_sample_format_is_known (GstAudioFormat format);

/* Thread: any. Converts the @n contiguous samples at @in to float32, full scale +-1, and writes
 * them to @out, @stride floats apart. */
void zab_sample_format_to_float (GstAudioFormat format, const void *in, gsize n, float *out,
                                 gsize stride);

G_END_DECLS
