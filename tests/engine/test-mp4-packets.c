/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-mp4-packets.h"

#include <string.h>

#include "engine/decode/zab-bytes.h"

enum
{
  FILE_SIZE = 10000
};

/* An stbl atom that grows. */
typedef struct
{
  GByteArray *bytes;
} Tables;

static void
add_number (GByteArray *bytes, guint64 number, guint width)
{
  for (guint i = width; i-- > 0;)
    {
      const guint8 byte = (guint8)(number >> 8 * i);

      g_byte_array_append (bytes, &byte, 1);
    }
}

static Tables
tables_new (void)
{
  Tables self = { g_byte_array_new () };

  add_number (self.bytes, 8, 4);
  g_byte_array_append (self.bytes, (const guint8 *)"stbl", 4);
  return self;
}

static void
tables_clear (Tables *self)
{
  g_byte_array_unref (self->bytes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tables, tables_clear)

/* An atom of numbers of @width bytes; before them version and flags, @first, where it is not
 * negative, and @count, which may lie. */
static void
tables_add (Tables *self, const char *type, gint64 first, guint count, guint width,
            const guint64 *numbers, guint n_numbers)
{
  const guint head = first >= 0 ? 20 : 16;

  add_number (self->bytes, head + n_numbers * width, 4);
  g_byte_array_append (self->bytes, (const guint8 *)type, 4);
  add_number (self->bytes, 0, 4);
  if (first >= 0)
    add_number (self->bytes, (guint64)first, 4);
  add_number (self->bytes, count, 4);
  for (guint i = 0; i < n_numbers; i++)
    add_number (self->bytes, numbers[i], width);
  zab_put_be32 (self->bytes->data, self->bytes->len);
}

#define ADD(tables, type, first, count, width, ...)                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    static const guint64 numbers[] = { __VA_ARGS__ };                                              \
                                                                                                   \
    tables_add (tables, type, first, count, width, numbers, G_N_ELEMENTS (numbers));               \
  }                                                                                                \
  G_STMT_END

static ZabMp4Packets *
walk (const Tables *tables, gint64 file_size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (tables->bytes->data, tables->bytes->len);
  guint8    *data = (guint8 *)g_bytes_get_data (bytes, NULL);
  ZabMp4Atom stbl;

  g_assert_true (zab_mp4_atom_read (&stbl, data, data + tables->bytes->len));
  return zab_mp4_packets_new (bytes, &stbl, file_size);
}

static void
assert_refused (const Tables *tables)
{
  g_assert_null (walk (tables, FILE_SIZE));
}

/* @places: offset and size of each packet, in turns; 0 behind the last. */
static void
assert_places (const Tables *tables, gint64 file_size, gboolean is_cut, const gint64 *places)
{
  g_autoptr (ZabMp4Packets) packets = walk (tables, file_size);
  gint64 begin, end, offset;
  gint64 last_end = 0;
  gsize  size;

  g_assert_nonnull (packets);
  g_assert_true (zab_mp4_packets_is_cut (packets) == is_cut);
  zab_mp4_packets_get_range (packets, &begin, &end);
  g_assert_cmpint (begin, ==, places[0]);
  for (; *places != 0; places += 2)
    {
      g_assert_true (zab_mp4_packets_next (packets, &offset, &size));
      g_assert_cmpint (offset, ==, places[0]);
      g_assert_cmpuint (size, ==, (gsize)places[1]);
      last_end = offset + (gint64)size;
    }
  g_assert_false (zab_mp4_packets_next (packets, &offset, &size));
  g_assert_false (zab_mp4_packets_next (packets, &offset, &size));
  g_assert_cmpint (end, ==, last_end);
}

/* Two chunks of two packets, then one of one; all sizes spelled out. */
static Tables
make_runs (void)
{
  Tables tables = tables_new ();

  ADD (&tables, "stsz", 0, 5, 4, 10, 20, 30, 40, 50);
  ADD (&tables, "stsc", -1, 2, 4, 1, 2, 1, 3, 1, 1);
  ADD (&tables, "stco", -1, 3, 4, 100, 200, 300);
  return tables;
}

static void
test_runs (void)
{
  static const gint64 places[] = { 100, 10, 110, 20, 200, 30, 230, 40, 300, 50, 0 };
  g_auto (Tables) tables = make_runs ();

  assert_places (&tables, FILE_SIZE, FALSE, places);
  assert_places (&tables, 350, FALSE, places);
}

static void
test_constant_size (void)
{
  static const gint64 places[] = { 100, 7, 107, 7, 114, 7, 500, 7, 507, 7, 514, 7, 0 };
  g_auto (Tables) tables = tables_new ();

  tables_add (&tables, "stsz", 7, 6, 0, NULL, 0);
  ADD (&tables, "stsc", -1, 1, 4, 1, 3, 1);
  ADD (&tables, "stco", -1, 2, 4, 100, 500);
  assert_places (&tables, FILE_SIZE, FALSE, places);
}

/* Half bytes, bytes, and pairs of them. */
static void
test_compact_sizes (void)
{
  static const gint64 places[] = { 100, 1, 101, 15, 116, 9, 0 };
  static const struct
  {
    guint   bits, width, n;
    guint64 entries[3];
  } kinds[]
      = { { 4, 1, 2, { 0x1f, 0x90 } }, { 8, 1, 3, { 1, 15, 9 } }, { 16, 2, 3, { 1, 15, 9 } } };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_auto (Tables) tables = tables_new ();

      tables_add (&tables, "stz2", kinds[i].bits, 3, kinds[i].width, kinds[i].entries, kinds[i].n);
      ADD (&tables, "stsc", -1, 1, 4, 1, 3, 1);
      ADD (&tables, "stco", -1, 1, 4, 100);
      assert_places (&tables, FILE_SIZE, FALSE, places);
    }
}

static void
test_compact_sizes_lie (void)
{
  static const guint64 entries[] = { 1, 15 };
  static const guint   bits[] = { 0, 3, 16, 32 };

  for (gsize i = 0; i < G_N_ELEMENTS (bits); i++)
    {
      g_auto (Tables) tables = tables_new ();

      tables_add (&tables, "stz2", bits[i], 2, 1, entries, 2);
      ADD (&tables, "stsc", -1, 1, 4, 1, 2, 1);
      ADD (&tables, "stco", -1, 1, 4, 100);
      assert_refused (&tables);
    }
}

static void
test_wide_offsets (void)
{
  static const gint64 places[] = { 0x100000010, 30, 0x200000020, 40, 0 };
  static const gint64 begin[] = { 0x100000010, 30, 0 };
  g_auto (Tables) tables = tables_new ();

  ADD (&tables, "stsz", 0, 2, 4, 30, 40);
  ADD (&tables, "stsc", -1, 1, 4, 1, 1, 1);
  ADD (&tables, "co64", -1, 2, 8, 0x100000010, 0x200000020);
  assert_places (&tables, 0x300000000, FALSE, places);
  assert_places (&tables, 0x200000020, TRUE, begin);
  assert_refused (&tables);
}

/* Packets that are not there any more, or not wholly, are left out; one must be left. */
static void
test_cut (void)
{
  static const gint64 three[] = { 100, 10, 110, 20, 200, 30, 0 };
  static const gint64 one[] = { 100, 10, 0 };
  g_auto (Tables) tables = make_runs ();

  assert_places (&tables, 269, TRUE, three);
  assert_places (&tables, 230, TRUE, three);
  assert_places (&tables, 110, TRUE, one);
  g_assert_null (walk (&tables, 109));
  g_assert_null (walk (&tables, 1));
}

/* What is false in the tables, and what is right without it. */
typedef struct
{
  const char *name;
  const char *type; /* of the atom that is false */
  guint       at;   /* of the byte, in the atom's content */
  guint8      is;
  guint8      becomes;
} Lie;

static const Lie lies[] = {
  { "sizes-too-many", "stsz", 11, 5, 6 },      { "sizes-huge-count", "stsz", 8, 0, 255 },
  { "sizes-too-few", "stsz", 11, 5, 4 },       { "size-zero", "stsz", 15, 10, 0 },
  { "size-huge", "stsz", 13, 0, 1 },           { "runs-huge-count", "stsc", 4, 0, 255 },
  { "runs-too-many", "stsc", 7, 2, 3 },        { "runs-none", "stsc", 7, 2, 0 },
  { "runs-begin-late", "stsc", 11, 1, 2 },     { "runs-begin-early", "stsc", 11, 1, 0 },
  { "run-empty", "stsc", 15, 2, 0 },           { "run-huge", "stsc", 12, 0, 255 },
  { "run-of-another-kind", "stsc", 31, 1, 2 }, { "run-backwards", "stsc", 23, 3, 1 },
  { "run-behind-the-end", "stsc", 23, 3, 4 },  { "chunks-too-many", "stco", 7, 3, 4 },
  { "chunks-huge-count", "stco", 4, 0, 255 },  { "chunks-too-few", "stco", 7, 3, 2 },
  { "chunks-none", "stco", 7, 3, 0 },          { "chunks-backwards", "stco", 15, 200, 99 },
  { "chunks-overlap", "stco", 15, 200, 129 },
};

static void
test_lies (gconstpointer data)
{
  const Lie *lie = data;
  g_auto (Tables) tables = make_runs ();
  guint8 *atom = memmem (tables.bytes->data, tables.bytes->len, lie->type, 4);

  g_assert_nonnull (atom);
  atom += 4 + lie->at;
  g_assert_cmpuint (*atom, ==, lie->is);
  *atom = lie->becomes;
  assert_refused (&tables);
}

/* Behind the packet before it, to the byte, is right. */
static void
test_side_by_side (void)
{
  static const gint64 places[] = { 100, 10, 110, 20, 130, 30, 160, 40, 200, 50, 0 };
  g_auto (Tables) tables = tables_new ();

  ADD (&tables, "stsz", 0, 5, 4, 10, 20, 30, 40, 50);
  ADD (&tables, "stsc", -1, 2, 4, 1, 2, 1, 3, 1, 1);
  ADD (&tables, "stco", -1, 3, 4, 100, 130, 200);
  assert_places (&tables, FILE_SIZE, FALSE, places);
}

static void
test_huge_offset (void)
{
  g_auto (Tables) tables = tables_new ();

  ADD (&tables, "stsz", 0, 2, 4, 30, 40);
  ADD (&tables, "stsc", -1, 1, 4, 1, 1, 1);
  ADD (&tables, "co64", -1, 2, 8, 100, 0xffffffffffffffff);
  assert_refused (&tables);
}

/* More packets than there can be are refused before they are counted. */
static void
test_bomb (void)
{
  g_auto (Tables) tables = tables_new ();

  tables_add (&tables, "stsz", 1, G_MAXUINT32, 0, NULL, 0);
  ADD (&tables, "stsc", -1, 1, 4, 1, 0xffffffff, 1);
  ADD (&tables, "stco", -1, 1, 4, 100);
  g_assert_null (walk (&tables, G_MAXINT64));
}

static void
test_missing (void)
{
  static const char *const types[] = { "stsz", "stsc", "stco" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_auto (Tables) tables = make_runs ();

      memcpy (memmem (tables.bytes->data, tables.bytes->len, types[i], 4), "free", 4);
      assert_refused (&tables);
    }
}

/* Wherever the memory ends, nothing behind it is looked at. */
static void
test_short (void)
{
  g_auto (Tables) whole = make_runs ();

  for (guint length = 8; length < whole.bytes->len; length++)
    {
      g_auto (Tables) tables = { g_byte_array_new () };

      g_byte_array_append (tables.bytes, whole.bytes->data, length);
      zab_put_be32 (tables.bytes->data, length);
      assert_refused (&tables);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/mp4-packets/runs", test_runs);
  g_test_add_func ("/engine/mp4-packets/constant-size", test_constant_size);
  g_test_add_func ("/engine/mp4-packets/compact-sizes", test_compact_sizes);
  g_test_add_func ("/engine/mp4-packets/compact-sizes-lie", test_compact_sizes_lie);
  g_test_add_func ("/engine/mp4-packets/wide-offsets", test_wide_offsets);
  g_test_add_func ("/engine/mp4-packets/cut", test_cut);
  g_test_add_func ("/engine/mp4-packets/side-by-side", test_side_by_side);
  g_test_add_func ("/engine/mp4-packets/huge-offset", test_huge_offset);
  g_test_add_func ("/engine/mp4-packets/bomb", test_bomb);
  g_test_add_func ("/engine/mp4-packets/missing", test_missing);
  g_test_add_func ("/engine/mp4-packets/short", test_short);
  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/mp4-packets/lies/", lies[i].name, NULL);

      g_test_add_data_func (path, &lies[i], test_lies);
    }
  return g_test_run ();
}
