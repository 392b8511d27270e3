/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  ZAB_OGG_MAX_HEADER = 27 + 255,
  ZAB_OGG_MAX_PAGE = ZAB_OGG_MAX_HEADER + 255 * 255
};

/* The head of a page (RFC 3533). */
typedef struct
{
  gboolean is_first; /* of its stream */
  gboolean is_last;
  gint64   granule; /* -1: no packet ends on this page */
  guint32  serial;
  gsize    header_size;
  gsize    size; /* header and all */
} ZabOggPage;

/* Thread: any. FALSE when @data does not begin with a page's whole head. */
gboolean zab_ogg_page_parse (const guint8 *data, gsize size, ZabOggPage *page);

/* Thread: any. How many frames at 48 kHz an Opus packet decodes to (RFC 6716, 3.1). */
gint64 zab_ogg_count_opus (const guint8 *packet, gsize size);

G_END_DECLS
