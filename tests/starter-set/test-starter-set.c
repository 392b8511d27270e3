/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The starter set as it is built, read the way the program reads it. */
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>

#include "engine/decode/zab-decoder.h"
#include "engine/resample/zab-resampler.h"

#define N_FILES    36
#define N_LOOPS    12
#define TOGETHER   8
#define VOLUME     0.7
#define BLOCK      8192
#define MIX_RATE   48000
#define MIX_FRAMES (8 * MIX_RATE)

typedef struct
{
  char   *name;
  guint   rate;
  guint   channels;
  gsize   n_frames;
  GArray *samples; /* float, interleaved */
} Sound;

static const char *folder;
static GPtrArray  *sounds; /* in the order of the names */

static void
sound_free (gpointer data)
{
  Sound *sound = data;

  g_free (sound->name);
  g_array_unref (sound->samples);
  g_free (sound);
}

static Sound *
decode (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int              fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  g_autoptr (ZabDecoder) decoder = zab_decoder_open (fd, name, NULL, &error);
  Sound *sound = g_new0 (Sound, 1);
  gssize n_read = 1;

  g_assert_no_error (error);
  sound->name = g_strdup (name);
  sound->rate = zab_decoder_get_info (decoder)->rate;
  sound->channels = zab_decoder_get_info (decoder)->channels;
  sound->samples = g_array_new (FALSE, FALSE, sizeof (float));
  while (n_read > 0)
    {
      guint at = sound->samples->len;

      g_array_set_size (sound->samples, at + BLOCK * sound->channels);
      n_read = zab_decoder_read (decoder, &g_array_index (sound->samples, float, at), BLOCK, NULL,
                                 &error);
      g_assert_no_error (error);
      g_array_set_size (sound->samples, at + (guint)n_read * sound->channels);
    }
  g_assert_cmpstr (zab_decoder_get_warning (decoder), ==, NULL);
  g_close (fd, NULL);
  sound->n_frames = sound->samples->len / sound->channels;
  return sound;
}

/* @sound at the rate of the mix. */
static Sound *
resample (const Sound *sound)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZabResampler) resampler = NULL;
  Sound *mixed = g_new0 (Sound, 1);
  gssize n_frames;
  float *out;

  resampler = zab_resampler_new (ZAB_CONVERTER_FFT, sound->rate, MIX_RATE, sound->channels, &error);
  g_assert_no_error (error);
  mixed->name = g_strdup (sound->name);
  mixed->rate = MIX_RATE;
  mixed->channels = sound->channels;
  mixed->samples = g_array_new (FALSE, FALSE, sizeof (float));
  g_array_set_size (mixed->samples,
                    (guint)(zab_resampler_get_max_output (resampler, sound->n_frames)
                            + zab_resampler_get_max_output (resampler, 0))
                        * sound->channels);
  out = (float *)mixed->samples->data;
  n_frames = zab_resampler_push (resampler, (const float *)sound->samples->data, sound->n_frames,
                                 out, &error);
  g_assert_no_error (error);
  n_frames += zab_resampler_finish (resampler, out + n_frames * sound->channels, &error);
  g_assert_no_error (error);
  mixed->n_frames = (gsize)n_frames;
  return mixed;
}

static double
value_at (const Sound *sound, gsize frame, guint channel)
{
  gsize i = (frame % sound->n_frames) * (gsize)sound->channels + (gsize)channel;

  return (double)g_array_index (sound->samples, float, i);
}

static gboolean
is_loop (const Sound *sound)
{
  return strstr (sound->name, " loop ") != NULL;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static GPtrArray *
list_names (goffset *total)
{
  g_autoptr (GFile) dir = g_file_new_for_path (folder);
  g_autoptr (GFileEnumerator) each = NULL;
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  GFileInfo *info;

  each = g_file_enumerate_children (dir, "standard::*", G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_assert_nonnull (each);
  *total = 0;
  while (g_file_enumerator_iterate (each, &info, NULL, NULL, NULL) && info != NULL)
    if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
      {
        g_ptr_array_add (names, g_strdup (g_file_info_get_name (info)));
        *total += g_file_info_get_size (info);
      }
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
test_files (void)
{
  goffset total;
  g_autoptr (GPtrArray) names = list_names (&total);

  g_assert_cmpuint (names->len, ==, N_FILES);
  g_assert_cmpint (total, <, 25000000);
  for (guint i = 0; i < names->len; i++)
    g_assert_cmpint (g_ascii_strtoll (names->pdata[i], NULL, 10), ==, i + 1);
}

static void
test_variety (void)
{
  static const guint rates[] = { 22050, 32000, 44100, 48000, 96000 };
  static const char *endings[] = { ".wav", ".aiff", ".flac", ".ogg", ".opus", ".mp3" };

  for (guint r = 0; r < G_N_ELEMENTS (rates); r++)
    {
      guint n = 0;

      for (guint i = 0; i < sounds->len; i++)
        n += ((Sound *)sounds->pdata[i])->rate == rates[r];
      g_assert_cmpuint (n, >, 0);
    }
  for (guint e = 0; e < G_N_ELEMENTS (endings); e++)
    {
      guint n = 0;

      for (guint i = 0; i < sounds->len; i++)
        n += g_str_has_suffix (((Sound *)sounds->pdata[i])->name, endings[e]);
      g_assert_cmpuint (n, >, 0);
    }
}

/* Two or four bars at 120 beats a minute, to the frame. */
static void
test_length (void)
{
  guint n_loops = 0;

  for (guint i = 0; i < sounds->len; i++)
    {
      const Sound *sound = sounds->pdata[i];

      if (!is_loop (sound))
        continue;
      n_loops++;
      g_test_message ("%s", sound->name);
      g_assert_cmpuint (sound->n_frames % (4 * (guint)sound->rate), ==, 0);
      g_assert_cmpuint (sound->n_frames / (4 * (guint)sound->rate), >=, 1);
      g_assert_cmpuint (sound->n_frames / (4 * (guint)sound->rate), <=, 2);
    }
  g_assert_cmpuint (n_loops, ==, N_LOOPS);
}

/* How much the wave bends around @frame: its second difference. */
static double
bend_at (const Sound *sound, gsize frame, guint channel)
{
  return fabs (value_at (sound, frame + sound->n_frames - 1, channel)
               - 2 * value_at (sound, frame, channel) + value_at (sound, frame + 1, channel));
}

/* At the seam the wave bends no more than somewhere else in the loop: no click. */
static void
test_seam (void)
{
  for (guint i = 0; i < sounds->len; i++)
    {
      const Sound *sound = sounds->pdata[i];

      if (!is_loop (sound))
        continue;
      g_test_message ("%s", sound->name);
      for (guint c = 0; c < sound->channels; c++)
        {
          double most = 0;

          for (gsize frame = 4; frame + 4 < sound->n_frames; frame++)
            most = MAX (most, bend_at (sound, frame, c));
          for (gsize frame = sound->n_frames - 2; frame < sound->n_frames + 2; frame++)
            g_assert_cmpfloat (bend_at (sound, frame % sound->n_frames, c), <=, most);
        }
    }
}

/* What rings when a loop ends must be ringing when it begins: the folded tails. */
static void
test_tail (void)
{
  static const char *ringing[] = { "09 ", "10 ", "11 ", "12 " };
  guint              n = 0;

  for (guint i = 0; i < sounds->len; i++)
    for (guint r = 0; r < G_N_ELEMENTS (ringing); r++)
      {
        const Sound *sound = sounds->pdata[i];
        double       energy[2] = { 0, 0 };
        gsize        span = (gsize)sound->rate / 500; /* 2 ms: before a new note has risen */

        if (!g_str_has_prefix (sound->name, ringing[r]))
          continue;
        n++;
        for (gsize frame = 0; frame < span; frame++)
          {
            energy[0] += fabs (value_at (sound, sound->n_frames - 1 - frame, 0));
            energy[1] += fabs (value_at (sound, frame, 0));
          }
        g_test_message ("%s", sound->name);
        g_assert_cmpfloat (energy[1], >, 0.25 * energy[0]);
      }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (ringing));
}

static void
test_level (void)
{
  for (guint i = 0; i < sounds->len; i++)
    {
      const Sound *sound = sounds->pdata[i];
      double       peak = 0;
      double       sum = 0;

      g_test_message ("%s", sound->name);
      for (guint s = 0; s < sound->samples->len; s++)
        {
          double value = (double)g_array_index (sound->samples, float, s);

          g_assert_true (isfinite (value));
          peak = MAX (peak, fabs (value));
          sum += value;
        }
      g_assert_cmpfloat (peak, <, 0.71); /* -3 dBFS */
      g_assert_cmpfloat (peak, >, 0.16); /* -16 dBFS */
      g_assert_cmpfloat (fabs (sum / sound->samples->len), <, 0.005);
    }
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

/* The most that any choice of @TOGETHER of @values adds up to, up or down. */
static double
loudest_choice (double *values, guint n)
{
  double up = 0;
  double down = 0;

  qsort (values, n, sizeof *values, compare_doubles);
  for (guint i = 0; i < TOGETHER; i++)
    {
      down += MIN (0, values[i]);
      up += MAX (0, values[n - 1 - i]);
    }
  return MAX (up, -down);
}

/* Whichever eight loops run together, in time: no clip. */
static void
test_mix (void)
{
  g_autoptr (GPtrArray) loops = g_ptr_array_new_with_free_func (sound_free);
  double loudest = 0;

  for (guint i = 0; i < sounds->len; i++)
    if (is_loop (sounds->pdata[i]))
      g_ptr_array_add (loops, resample (sounds->pdata[i]));
  g_assert_cmpuint (loops->len, ==, N_LOOPS);

  for (gsize frame = 0; frame < MIX_FRAMES; frame++)
    for (guint c = 0; c < 2; c++)
      {
        double values[N_LOOPS];

        for (guint i = 0; i < loops->len; i++)
          values[i] = VOLUME
                      * value_at (loops->pdata[i], frame, c % ((Sound *)loops->pdata[i])->channels);
        loudest = MAX (loudest, loudest_choice (values, N_LOOPS));
      }
  g_assert_cmpfloat (loudest, <=, 1.0);
  g_assert_cmpfloat (loudest, >, 0.8);
}

int
main (int argc, char *argv[])
{
  goffset total;
  int     status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = argv[1];
  sounds = g_ptr_array_new_with_free_func (sound_free);
  {
    g_autoptr (GPtrArray) names = list_names (&total);

    for (guint i = 0; i < names->len; i++)
      g_ptr_array_add (sounds, decode (names->pdata[i]));
  }

  g_test_add_func ("/data/starter-set/files", test_files);
  g_test_add_func ("/data/starter-set/variety", test_variety);
  g_test_add_func ("/data/starter-set/length", test_length);
  g_test_add_func ("/data/starter-set/seam", test_seam);
  g_test_add_func ("/data/starter-set/tail", test_tail);
  g_test_add_func ("/data/starter-set/level", test_level);
  g_test_add_func ("/data/starter-set/mix", test_mix);
  status = g_test_run ();
  g_ptr_array_unref (sounds);
  return status;
}
