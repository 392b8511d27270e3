/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* What the decoder of AAC must know before the first packet (AudioSpecificConfig, ISO 14496-3,
 * 1.6.2.1). Of spectral band replication and parametric stereo, which may double the rate and the
 * channels, it tells or not: what comes out of the decoder counts.
 *
 * Thread: any. */
typedef struct
{
  guint8 data[64];
  gsize  size;
  guint  rate;     /* Hz, of the core */
  guint  channels; /* of the core */
} ZabAacConfig;

/* FALSE when it is not that of AAC-LC, with or without the two, in the usual channels. Can be
 * called before GStreamer has begun. */
gboolean zab_aac_config_parse (ZabAacConfig *self, const guint8 *data, gsize size);

/* What decoders are told (transfer full). */
GstCaps *zab_aac_config_dup_caps (const ZabAacConfig *self);

G_END_DECLS
