/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gst/gst.h>
#include <string.h>
#include <unistd.h>

#include "engine/decode/zab-decoder.h"
#include "engine/decode/zab-probe.h"
#include "tests/engine/clip.h"

/* AAC in MP4 is cut into packets here, or by qtdemux: the same must come of both. */

enum
{
  OBJECT_TYPE = 21, /* in esds, as ffmpeg writes it, from its name on */
  CONFIG = 39,
  CUT_STEP = 41, /* bytes */
  BLOCK = 512,
  PACKET = 1024,  /* frames */
  N_PACKETS = 12, /* in m4a-aac.m4a */
  DAMAGED = 5     /* one of them */
};

static const char *const files[]
    = { "m4a-aac.m4a",        "m4a-faststart.m4a", "m4a-mono.m4a",   "centre.m4a",
        "mp4-two-tracks.mp4", "rate-8000.m4a",     "rate-22050.m4a", "rate-48000.m4a",
        "rate-96000.m4a",     "he-aac.m4a",        "he-aac-ps.m4a" };

/* The first such atom; of esds the first of sound. */
static guint8 *
find (const GByteArray *file, const char *atom)
{
  guint8 *from = g_str_equal (atom, "esds") ? find (file, "mp4a") : file->data;
  guint8 *found = memmem (from, (gsize)(file->data + file->len - from), atom, 4);

  g_assert_nonnull (found);
  return found;
}

static void
change (const GByteArray *file, const char *atom, guint at, guint8 is, guint8 becomes)
{
  guint8 *byte = find (file, atom) + at;

  g_assert_cmpuint (*byte, ==, is);
  *byte = becomes;
}

/* Called MPEG-2's, AAC goes by qtdemux and sounds the same. */
static void
send_by_qtdemux (const GByteArray *file)
{
  change (file, "esds", OBJECT_TYPE, 0x40, 0x67);
}

/* Another kind of the same file: its decoder doubles the rate though the stream does not say how.
 */
static void
announce_sbr (const GByteArray *file)
{
  static const guint8 mono_22050[] = { 0x13, 0x88, 0x56, 0xe5, 0 };
  static const guint8 to_44100[] = { 0x2b, 0x8a, 0x08, 0, 0 };
  guint8             *config = find (file, "esds") + CONFIG;

  g_assert_cmpmem (config, sizeof mono_22050, mono_22050, sizeof mono_22050);
  memcpy (config, to_44100, sizeof to_44100);
}

/* --- Packets ---------------------------------------------------------------------------------- */

typedef struct
{
  int            fd;
  ZabByteSource *source;
  ZabProbe       probe;
} Probed;

static void
probed_clear (Probed *self)
{
  zab_probe_clear (&self->probe);
  zab_byte_source_free (self->source);
  close (self->fd);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Probed, probed_clear)

static Probed
probe (const GByteArray *file)
{
  g_autoptr (GError) error = NULL;
  Probed self = { .fd = clip_make_file (file->data, file->len) };

  self.source = zab_byte_source_new (self.fd, file->len);
  zab_probe_run (&self.probe, self.source, "x", &error);
  g_assert_no_error (error);
  return self;
}

/* The size of each packet, and then its bytes. */
static void
add_packet (GByteArray *packets, const guint8 *data, gsize size)
{
  const guint32 number = (guint32)size;

  g_byte_array_append (packets, (const guint8 *)&number, sizeof number);
  g_byte_array_append (packets, data, (guint)size);
}

static GByteArray *
cut_packets (const GByteArray *file)
{
  GByteArray *packets = g_byte_array_new ();
  g_auto (Probed) probed = probe (file);
  gint64 offset;
  gsize  size;

  g_assert_cmpint (probed.probe.codec, ==, ZAB_CODEC_AAC);
  while (zab_mp4_packets_next (probed.probe.packets, &offset, &size))
    add_packet (packets, file->data + offset, size);
  return packets;
}

/* What the chain's qtdemux is fed with, as a file. */
static int
make_prepared (const GByteArray *file)
{
  g_auto (Probed) probed = probe (file);
  const gsize        size = (gsize)zab_byte_source_get_length (probed.source);
  g_autofree guint8 *data = g_malloc (size);

  g_assert_cmpint (probed.probe.codec, ==, ZAB_CODEC_MP4_AAC);
  g_assert_cmpint (zab_byte_source_read (probed.source, data, size, NULL), ==, (gssize)size);
  return clip_make_file (data, size);
}

static GByteArray *
demux_packets (const GByteArray *file)
{
  const int        fd = make_prepared (file);
  g_autofree char *line = g_strdup_printf (
      "filesrc location=/proc/self/fd/%d ! qtdemux ! appsink name=sink sync=false", fd);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, &error);
  g_autoptr (GstElement) sink = NULL;
  GByteArray *packets = g_byte_array_new ();
  GstSample  *sample;

  g_assert_no_error (error);
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (g_signal_emit_by_name (sink, "pull-sample", &sample), sample)
    {
      GstMapInfo map;

      g_assert_true (gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ));
      add_packet (packets, map.data, map.size);
      gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
      gst_sample_unref (sample);
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  close (fd);
  return packets;
}

static void
test_packets (gconstpointer name)
{
  g_autoptr (GByteArray) file = clip_read_file (name);
  g_autoptr (GByteArray) ours = cut_packets (file);
  g_autoptr (GByteArray) theirs = NULL;

  send_by_qtdemux (file);
  theirs = demux_packets (file);
  g_assert_cmpuint (ours->len, >, 0);
  g_assert_cmpmem (ours->data, ours->len, theirs->data, theirs->len);
}

/* --- Sound ------------------------------------------------------------------------------------ */

static Clip *
decode (const GByteArray *file, GError **error)
{
  const int fd = clip_make_file (file->data, file->len);
  Clip     *clip = clip_new (fd, "x", error);

  close (fd);
  return clip;
}

static void
assert_sounds_as (const Clip *ours, const Clip *theirs)
{
  g_assert_cmpuint (ours->rate, ==, theirs->rate);
  g_assert_cmpuint (ours->channels, ==, theirs->channels);
  g_assert_cmpint (ours->promised, ==, theirs->promised);
  g_assert_cmpint (ours->n_frames, ==, theirs->n_frames);
  g_assert_cmpstr (ours->warning, ==, theirs->warning);
  g_assert_cmpmem (ours->frames, (gsize)ours->n_frames * ours->channels * sizeof (float),
                   theirs->frames, (gsize)theirs->n_frames * theirs->channels * sizeof (float));
}

/* Decodes @file both ways; what came of it. */
static Clip *
decode_twice (const GByteArray *file)
{
  g_autoptr (GByteArray) other = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  Clip *ours = decode (file, &error);
  g_autoptr (Clip) theirs = NULL;

  g_assert_no_error (error);
  g_byte_array_append (other, file->data, file->len);
  send_by_qtdemux (other);
  theirs = decode (other, &error);
  g_assert_no_error (error);
  assert_sounds_as (ours, theirs);
  return ours;
}

static void
test_sound (gconstpointer name)
{
  g_autoptr (GByteArray) file = clip_read_file (name);
  g_autoptr (Clip) clip = decode_twice (file);

  g_assert_cmpint (clip->n_frames, >, 1000);
  g_assert_null (clip->warning);
}

/* What tells nothing of its length has its packets': of 2048 frames where the rate is doubled. */
static void
test_high_efficiency (void)
{
  g_autoptr (Clip) he = clip_load ("he-aac.m4a");
  g_autoptr (Clip) ps = clip_load ("he-aac-ps.m4a");
  g_autoptr (GByteArray) explicit = clip_read_file ("rate-22050.m4a");
  g_autoptr (Clip) doubled = NULL;

  g_assert_cmpuint (he->rate, ==, 44100);
  g_assert_cmpuint (he->channels, ==, 2);
  g_assert_cmpint (he->n_frames, ==, 8 * 2048);
  g_assert_cmpuint (ps->rate, ==, 44100);
  g_assert_cmpuint (ps->channels, ==, 2);
  g_assert_cmpint (ps->n_frames, ==, 9 * 2048);
  announce_sbr (explicit);
  doubled = decode_twice (explicit);
  g_assert_cmpuint (doubled->rate, ==, 44100);
}

/* One file behind the other with one decoder, in both orders. */
static void
test_in_turns (void)
{
  g_autoptr (Clip) first = clip_load ("m4a-aac.m4a");
  g_autoptr (Clip) he = clip_load ("he-aac.m4a");

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (Clip) again = clip_load ("m4a-aac.m4a");
      g_autoptr (Clip) again_he = clip_load ("he-aac.m4a");

      assert_sounds_as (first, again);
      assert_sounds_as (he, again_he);
    }
}

/* Cut anywhere behind the index, the same is left, and the same is said. */
static void
test_cut (void)
{
  g_autoptr (GByteArray) file = clip_read_file ("m4a-faststart.m4a");
  const guint first = (guint)(find (file, "mdat") - file->data) + 4;
  guint       n_loaded = 0;

  for (guint length = file->len - 1; length > first; length -= CUT_STEP)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Clip) clip = NULL;

      g_byte_array_set_size (file, length);
      clip = decode (file, &error);
      if (!clip)
        break;
      g_assert_nonnull (strstr (clip->warning, "cut off"));
      clip_free (decode_twice (file));
      n_loaded++;
    }
  g_assert_cmpuint (n_loaded, >, (file->len - first) / CUT_STEP * 3 / 4);
}

/* A packet that is damaged is missed; those behind it are as they were, but for the noise that the
 * codec makes up. */
static void
test_damage (void)
{
  g_autoptr (GByteArray) file = clip_read_file ("m4a-aac.m4a");
  g_autoptr (Clip) whole = clip_load ("m4a-aac.m4a");
  g_autoptr (Clip) clip = NULL;
  const gint64 healed = DAMAGED * PACKET; /* the first packet is not heard, and two overlap */
  gint64       offset;
  gsize        size;

  {
    g_auto (Probed) probed = probe (file);

    for (int i = 0; i <= DAMAGED; i++)
      g_assert_true (zab_mp4_packets_next (probed.probe.packets, &offset, &size));
  }
  memset (file->data + offset, 0xff, size);
  clip = decode (file, NULL);
  g_assert_nonnull (clip);
  g_assert_cmpint (clip->n_frames, ==, (N_PACKETS - 2) * PACKET);
  g_assert_nonnull (strstr (clip->warning, "damaged"));
  for (gint64 i = healed * 2; i < (healed + 3 * PACKET) * 2; i++)
    g_assert_cmpfloat_with_epsilon (clip->frames[i], whole->frames[i + PACKET * 2], 0.001f);
}

/* --- Which way -------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *file;
  const char *atom; /* that is changed; or NULL */
  guint       at;   /* from its name on */
  guint8      is;
  guint8      becomes;
  ZabCodec    codec;
} Way;

static const Way ways[] = {
  { "plain", "m4a-aac.m4a", NULL, 0, 0, 0, ZAB_CODEC_AAC },
  { "faststart", "m4a-faststart.m4a", NULL, 0, 0, 0, ZAB_CODEC_AAC },
  { "fragmented", "m4a-fragmented.m4a", NULL, 0, 0, 0, ZAB_CODEC_MP4_AAC },
  { "alac", "m4a-alac.m4a", NULL, 0, 0, 0, ZAB_CODEC_MP4_ALAC },
  { "two-descriptions", "m4a-aac.m4a", "stsd", 11, 1, 2, ZAB_CODEC_MP4_AAC },
  { "quicktime", "m4a-aac.m4a", "mp4a", 13, 0, 1, ZAB_CODEC_MP4_AAC },
  { "encrypted", "m4a-aac.m4a", "mp4a", 0, 'm', 'e', ZAB_CODEC_ANY },
  { "mpeg-2", "m4a-aac.m4a", "esds", OBJECT_TYPE, 0x40, 0x67, ZAB_CODEC_MP4_AAC },
  { "mp3", "m4a-aac.m4a", "esds", OBJECT_TYPE, 0x40, 0x6b, ZAB_CODEC_ANY },
  { "main-profile", "m4a-aac.m4a", "esds", CONFIG, 0x12, 0x0a, ZAB_CODEC_MP4_AAC },
  { "no-config", "m4a-aac.m4a", "esds", CONFIG - 5, 5, 6, ZAB_CODEC_MP4_AAC },
  { "long-config", "m4a-aac.m4a", "esds", CONFIG - 1, 5, 127, ZAB_CODEC_MP4_AAC },
  { "other-description", "m4a-aac.m4a", "stsc", 23, 1, 2, ZAB_CODEC_MP4_AAC },
  { "empty-packet-table", "m4a-aac.m4a", "stsz", 15, 12, 0, ZAB_CODEC_MP4_AAC },
};

static void
test_ways (gconstpointer data)
{
  const Way *way = data;
  g_autoptr (GByteArray) file = clip_read_file (way->file);

  if (way->atom)
    change (file, way->atom, way->at, way->is, way->becomes);
  {
    g_auto (Probed) probed = probe (file);

    g_assert_cmpint (probed.probe.codec, ==, way->codec);
    g_assert_true ((probed.probe.packets != NULL) == (way->codec == ZAB_CODEC_AAC));
  }
}

static void
test_fragments_announced (void)
{
  g_autoptr (GByteArray) file = clip_read_file ("m4a-aac.m4a");

  memcpy (find (file, "udta"), "mvex", 4);
  {
    g_auto (Probed) probed = probe (file);

    g_assert_cmpint (probed.probe.codec, ==, ZAB_CODEC_MP4_AAC);
  }
}

/* --- Progress --------------------------------------------------------------------------------- */

/* The fraction is that of the sound, which is decoded some packets ahead. */
static void
test_progress (void)
{
  const char *name = "long.m4a";
  const int   fd = clip_open_file (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZabDecoder) decoder = zab_decoder_open (fd, name, NULL, &error);
  float  frames[BLOCK * 2];
  gint64 n_given = 0;
  gssize n;

  g_assert_no_error (error);
  while ((n = zab_decoder_read (decoder, frames, BLOCK, NULL, &error)) == BLOCK)
    {
      const double given
          = (double)(n_given += n) / (double)zab_decoder_get_info (decoder)->n_frames;

      g_assert_cmpfloat (zab_decoder_get_fraction (decoder), >, given);
      g_assert_cmpfloat (zab_decoder_get_fraction (decoder), <, given + 0.08);
    }
  g_assert_no_error (error);
  close (fd);
}

static void
add_tests (const char *group, GTestDataFunc function)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/decoder-mp4/%s/%s", group, files[i]);

      g_test_add_data_func (path, files[i], function);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  add_tests ("packets", test_packets);
  add_tests ("sound", test_sound);
  g_test_add_func ("/engine/decoder-mp4/high-efficiency", test_high_efficiency);
  g_test_add_func ("/engine/decoder-mp4/in-turns", test_in_turns);
  g_test_add_func ("/engine/decoder-mp4/cut", test_cut);
  g_test_add_func ("/engine/decoder-mp4/damage", test_damage);
  g_test_add_func ("/engine/decoder-mp4/ways/fragments-announced", test_fragments_announced);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/decoder-mp4/ways/", ways[i].name, NULL);

      g_test_add_data_func (path, &ways[i], test_ways);
    }
  g_test_add_func ("/engine/decoder-mp4/progress", test_progress);
  return g_test_run ();
}
