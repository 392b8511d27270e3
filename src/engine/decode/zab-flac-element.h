/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* A GStreamer element that turns FLAC frames, one in each buffer, into floats; its caps are those
 * of zab_framer_dup_caps (). GStreamer's own flacdec makes 16-bit numbers of libFLAC's integers
 * first, one by one, which takes more than a tenth of all the time.
 *
 * It keeps nothing from one frame to the next, so that to be flushed is to be as new. */
#define ZAB_TYPE_FLAC_ELEMENT (zab_flac_element_get_type ())
G_DECLARE_FINAL_TYPE (ZabFlacElement, zab_flac_element, ZAB, FLAC_ELEMENT, GstElement)

G_END_DECLS
