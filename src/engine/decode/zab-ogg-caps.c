/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-ogg-caps.h"

#include <gst/pbutils/codec-utils.h>
#include <string.h>

#include "engine/decode/zab-gst.h"

enum
{
  OPUS_HEAD = 19 /* bytes at least (RFC 7845, 5.1) */
};

static gboolean
is_vorbis_header (GstBuffer *buffer, guint8 type)
{
  const guint8 magic[] = { type, 'v', 'o', 'r', 'b', 'i', 's' };

  return gst_buffer_memcmp (buffer, 0, magic, sizeof magic) == 0;
}

/* A comment header without a word in it. */
static GstBuffer *
make_vorbis_comments (void)
{
  static const guint8 packet[] = "\003vorbis\0\0\0\0\0\0\0\0\001";

  return gst_buffer_new_memdup (packet, sizeof packet - 1);
}

GstCaps *
zab_ogg_caps_new_vorbis (GstBuffer *const headers[ZAB_VORBIS_N_HEADERS])
{
  GValue   array = G_VALUE_INIT;
  GstCaps *caps;

  for (guint i = 0; i < ZAB_VORBIS_N_HEADERS; i++)
    if (!is_vorbis_header (headers[i], (guint8)(2 * i + 1)))
      return NULL;
  g_value_init (&array, GST_TYPE_ARRAY);
  zab_gst_append_header (&array, gst_buffer_copy (headers[0]));
  zab_gst_append_header (&array, make_vorbis_comments ());
  zab_gst_append_header (&array, gst_buffer_copy (headers[2]));
  caps = gst_caps_new_empty_simple ("audio/x-vorbis");
  gst_structure_take_value (gst_caps_get_structure (caps, 0), "streamheader", &array);
  return caps;
}

GstCaps *
zab_ogg_caps_new_opus (GstBuffer *head)
{
  static const guint8 tags[] = "OpusTags\0\0\0\0\0\0\0";
  static const guint8 no_skip[2] = { 0 };
  static const guint8 rate[4] = { 0x80, 0xbb, 0, 0 }; /* 48000: of what is decoded */
  g_autoptr (GstBuffer) plain = gst_buffer_copy_deep (head);
  g_autoptr (GstBuffer) comments = gst_buffer_new_memdup (tags, sizeof tags);

  if (gst_buffer_get_size (head) < OPUS_HEAD)
    return NULL;
  gst_buffer_fill (plain, 10, no_skip, sizeof no_skip);
  gst_buffer_fill (plain, 12, rate, sizeof rate);
  return gst_codec_utils_opus_create_caps_from_header (plain, comments);
}

gboolean
zab_ogg_is_opus_tags (const guint8 *packet, gsize size)
{
  return size >= 8 && memcmp (packet, "OpusTags", 8) == 0;
}
