/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Numbers in bytes, wherever they stand: big and little endian. (GStreamer's macros read them
 * through pointers that are not aligned, which C does not define.) Thread: any. */

static inline guint16
zab_get_be16 (const guint8 *at)
{
  guint16 value;

  memcpy (&value, at, sizeof value);
  return GUINT16_FROM_BE (value);
}

static inline guint32
zab_get_be24 (const guint8 *at)
{
  return (guint32)at[0] << 16 | (guint32)at[1] << 8 | at[2];
}

static inline guint32
zab_get_be32 (const guint8 *at)
{
  guint32 value;

  memcpy (&value, at, sizeof value);
  return GUINT32_FROM_BE (value);
}

static inline guint64
zab_get_be64 (const guint8 *at)
{
  guint64 value;

  memcpy (&value, at, sizeof value);
  return GUINT64_FROM_BE (value);
}

static inline guint16
zab_get_le16 (const guint8 *at)
{
  guint16 value;

  memcpy (&value, at, sizeof value);
  return GUINT16_FROM_LE (value);
}

static inline guint32
zab_get_le32 (const guint8 *at)
{
  guint32 value;

  memcpy (&value, at, sizeof value);
  return GUINT32_FROM_LE (value);
}

static inline guint64
zab_get_le64 (const guint8 *at)
{
  guint64 value;

  memcpy (&value, at, sizeof value);
  return GUINT64_FROM_LE (value);
}

static inline void
zab_put_be32 (guint8 *at, guint32 value)
{
  const guint32 big = GUINT32_TO_BE (value);

  memcpy (at, &big, sizeof big);
}

static inline void
zab_put_be64 (guint8 *at, guint64 value)
{
  const guint64 big = GUINT64_TO_BE (value);

  memcpy (at, &big, sizeof big);
}

G_END_DECLS
