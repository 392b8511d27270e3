/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tempo in a file's tags, format by format; and the same files cut off at each byte. */
#include "engine/load/zab-tempo-tag.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/zab-test.h"

static double
read_bytes (const void *bytes, gsize size)
{
  const int fd = memfd_create ("tags", MFD_CLOEXEC);
  double    tempo;

  g_assert_cmpint (write (fd, bytes, size), ==, size);
  tempo = zab_tempo_tag_read (fd);
  close (fd);
  return tempo;
}

/* Cut off, in the number itself at worst, it tells no more. */
static void
assert_tempo (GByteArray *file, double tempo)
{
  g_assert_cmpfloat (read_bytes (file->data, file->len), ==, tempo);
  for (guint size = 0; size < file->len; size++)
    {
      const double cut = read_bytes (file->data, size);

      g_assert_true (!(tempo > 0) || cut <= tempo);
    }
  g_byte_array_unref (file);
}

static void
add (GByteArray *to, const void *bytes, gsize size)
{
  g_byte_array_append (to, bytes, (guint)size);
}

static void
add_text (GByteArray *to, const char *text)
{
  add (to, text, strlen (text));
}

static void
add_be (GByteArray *to, guint64 value, guint n_bytes)
{
  for (guint i = n_bytes; i > 0; i--)
    {
      const guint8 byte = (guint8)(value >> 8 * (i - 1));

      add (to, &byte, 1);
    }
}

static void
add_le_32 (GByteArray *to, guint32 value)
{
  value = GUINT32_TO_LE (value);
  add (to, &value, 4);
}

static void
add_syncsafe (GByteArray *to, guint size)
{
  add_be (to,
          (size >> 21 & 127) << 24 | (size >> 14 & 127) << 16 | (size >> 7 & 127) << 8
              | (size & 127),
          4);
}

/* A title and a tempo. */
static GByteArray *
new_id3 (guint version, const void *text, guint size)
{
  GByteArray *self = g_byte_array_new ();
  const guint head = version == 2 ? 6 : 10;

  add_text (self, "ID3");
  add_be (self, version << 16, 3);
  add_syncsafe (self, head + 5 + head + size);
  for (guint i = 0; i < 2; i++)
    {
      const guint n = i == 0 ? 5 : size;

      if (version == 2)
        add_text (self, i == 0 ? "TT2" : "TBP");
      else
        add_text (self, i == 0 ? "TIT2" : "TBPM");
      if (version == 2)
        add_be (self, n, 3);
      else if (version == 3)
        add_be (self, n, 4);
      else
        add_syncsafe (self, n);
      if (version > 2)
        add_be (self, 0, 2);
      add (self, i == 0 ? "\0Name" : text, n);
    }
  return self;
}

static void
test_id3 (void)
{
  assert_tempo (new_id3 (2,
                         "\0"
                         "96",
                         3),
                96);
  assert_tempo (new_id3 (3,
                         "\0"
                         "128",
                         4),
                128);
  assert_tempo (new_id3 (4,
                         "\003"
                         "127.5",
                         6),
                127.5);
  assert_tempo (new_id3 (3,
                         "\0"
                         "99,5",
                         5),
                99.5);
  assert_tempo (new_id3 (3,
                         "\001\xff\xfe"
                         "1\0"
                         "4\0"
                         "0\0",
                         9),
                140);
  assert_tempo (new_id3 (4,
                         "\002\0"
                         "1\0"
                         "7\0"
                         "4",
                         7),
                174);
  assert_tempo (new_id3 (3,
                         "\0"
                         "0",
                         2),
                0);
  assert_tempo (new_id3 (3,
                         "\0"
                         "fast",
                         5),
                0);
  assert_tempo (new_id3 (3,
                         "\0"
                         "99999",
                         6),
                0);
}

static void
add_comments (GByteArray *to, const char *comment)
{
  add_le_32 (to, 6);
  add_text (to, "vendor");
  add_le_32 (to, 2);
  add_le_32 (to, 10);
  add_text (to, "TITLE=Name");
  add_le_32 (to, (guint32)strlen (comment));
  add_text (to, comment);
}

static void
test_flac (void)
{
  GByteArray *file = g_byte_array_new ();
  guint8      info[34] = { 0 };

  add_text (file, "fLaC");
  add_be (file, sizeof info, 4);
  add (file, info, sizeof info);
  add_be (file, 0x84000000 + 4 + 6 + 4 + 4 + 10 + 4 + 9, 4);
  add_comments (file, "bpm=123.4");
  assert_tempo (file, 123.4);
}

/* In pages of @segments of 255 bytes at most: the second packet goes over several. */
static GByteArray *
new_ogg (const char *first, GByteArray *second, guint segments)
{
  GByteArray *file = g_byte_array_new ();
  const guint sizes[] = { (guint)strlen (first), second->len };

  for (guint i = 0; i < 2; i++)
    {
      const guint8 *bytes = i == 0 ? (const guint8 *)first : second->data;
      gboolean      more = TRUE;

      for (guint at = 0; more;)
        {
          GByteArray *lacing = g_byte_array_new ();
          guint       n = 0;

          while (more && lacing->len < segments)
            {
              const guint size = MIN (255, sizes[i] - at - n);

              add_be (lacing, size, 1);
              n += size;
              more = size == 255;
            }
          add_text (file, "OggS");
          for (guint j = 0; j < 22; j++)
            add_be (file, 0, 1);
          add_be (file, lacing->len, 1);
          add (file, lacing->data, lacing->len);
          add (file, bytes + at, n);
          at += n;
          g_byte_array_unref (lacing);
        }
    }
  g_byte_array_unref (second);
  return file;
}

static void
test_ogg (void)
{
  g_autofree char *title = g_strnfill (700, 'x');
  GByteArray      *vorbis = g_byte_array_new ();
  GByteArray      *opus = g_byte_array_new ();

  add_text (vorbis, "\003vorbis");
  add_comments (vorbis, "BPM=88");
  assert_tempo (new_ogg ("\001vorbis", vorbis, 255), 88);
  add_text (opus, "OpusTags");
  add_le_32 (opus, 0);
  add_le_32 (opus, 2);
  add_le_32 (opus, (guint32)strlen (title));
  add_text (opus, title);
  add_le_32 (opus, 9);
  add_text (opus, "Tempo=101");
  assert_tempo (new_ogg ("OpusHead", opus, 2), 101);
}

static GByteArray *
new_wav (const char *chunk, const void *bytes, guint32 size)
{
  GByteArray *file = g_byte_array_new ();

  add_text (file, "RIFF....WAVE");
  add_text (file, "data");
  add_le_32 (file, 3); /* and a byte to make it even */
  add_be (file, 0, 4);
  add_text (file, chunk);
  add_le_32 (file, size);
  add (file, bytes, size);
  return file;
}

static void
test_wav (void)
{
  const guint32 tempo = GUINT32_TO_LE (0x432e8000); /* 174.5 */
  guint8        acid[24] = { 0 };
  GByteArray   *id3 = new_id3 (3,
                               "\0"
                                 "133",
                               4);

  memcpy (acid + 20, &tempo, sizeof tempo);
  assert_tempo (new_wav ("acid", acid, sizeof acid), 174.5);
  acid[0] = 1; /* a one-shot */
  assert_tempo (new_wav ("acid", acid, sizeof acid), 0);
  assert_tempo (new_wav ("id3 ", id3->data, id3->len), 133);
  g_byte_array_unref (id3);
}

static void
test_aiff (void)
{
  GByteArray *file = g_byte_array_new ();
  GByteArray *id3 = new_id3 (4,
                             "\0"
                             "70",
                             3);

  add_text (file, "FORM....AIFF");
  add_text (file, "ID3 ");
  add_be (file, id3->len, 4);
  add (file, id3->data, id3->len);
  g_byte_array_unref (id3);
  assert_tempo (file, 70);
}

static GByteArray *
wrap_atom (const char *type, GByteArray *what, guint before)
{
  GByteArray *self = g_byte_array_new ();

  add_be (self, 8 + before + what->len, 4);
  add_text (self, type);
  for (guint i = 0; i < before; i++)
    add_be (self, 0, 1);
  add (self, what->data, what->len);
  g_byte_array_unref (what);
  return self;
}

static void
test_mp4 (void)
{
  static const char *const around[] = { "tmpo", "ilst", "meta", "udta", "moov" };
  GByteArray              *atom = g_byte_array_new ();
  GByteArray              *file = g_byte_array_new ();

  add_be (atom, 95, 2);
  atom = wrap_atom ("data", atom, 8);
  for (guint i = 0; i < G_N_ELEMENTS (around); i++)
    atom = wrap_atom (around[i], atom, i == 2 ? 4 : 0);
  add_be (file, 16, 4);
  add_text (file, "ftypM4A ....");
  add (file, atom->data, atom->len);
  g_byte_array_unref (atom);
  assert_tempo (file, 95);
}

/* What goes on for ever, or says so, ends. */
static void
test_lies (void)
{
  GByteArray *chunks = g_byte_array_new ();
  GByteArray *atoms = g_byte_array_new ();
  GByteArray *comments = g_byte_array_new ();

  add_text (chunks, "RIFF....WAVE");
  for (guint i = 0; i < 5000; i++)
    add (chunks, "none\0\0\0", 8);
  add (chunks, "acid\x18\0\0", 8);
  g_assert_cmpfloat (read_bytes (chunks->data, chunks->len), ==, 0);
  add (atoms,
       "\0\0\0\x08"
       "ftyp",
       8);
  add (atoms,
       "\0\0\0\x01"
       "moov\xff\xff\xff\xff\xff\xff\xff\xff",
       16);
  g_assert_cmpfloat (read_bytes (atoms->data, atoms->len), ==, 0);
  add_text (comments, "fLaC");
  add_be (comments, 0x84ffffff, 4);
  add_le_32 (comments, 0xfffffff8);
  add_le_32 (comments, 0xffffffff);
  g_assert_cmpfloat (read_bytes (comments->data, comments->len), ==, 0);
  g_byte_array_unref (chunks);
  g_byte_array_unref (atoms);
  g_byte_array_unref (comments);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/engine/tempo-tag/id3", test_id3);
  zab_test_add ("/engine/tempo-tag/flac", test_flac);
  zab_test_add ("/engine/tempo-tag/ogg", test_ogg);
  zab_test_add ("/engine/tempo-tag/wav", test_wav);
  zab_test_add ("/engine/tempo-tag/aiff", test_aiff);
  zab_test_add ("/engine/tempo-tag/mp4", test_mp4);
  zab_test_add ("/engine/tempo-tag/lies", test_lies);
  return g_test_run ();
}
