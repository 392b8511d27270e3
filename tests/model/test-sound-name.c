/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lib/zab-test.h"
#include "model/zab-sound-name.h"

static void
test_tempo (void)
{
  static const struct
  {
    const char *name;
    double      tempo;
  } names[] = {
    { "amen 136bpm.wav", 136 },
    { "136BPM.wav", 136 },
    { "Beat_92.5_BPM.flac", 92.5 },
    { "hats-120-bpm-2.wav", 120 },
    { "bpm 120 hats.wav", 120 },
    { "Loop_BPM174.mp3", 174 },
    { "take 2 (98 bpm).wav", 98 },
    { "..98bpm.wav", 98 },
    { "a bpm b 100bpm.wav", 100 },
    { "30bpm.wav", 30 },
    { "300bpm.wav", 300 },
    { "29bpm.wav", 0 },
    { "301bpm.wav", 0 },
    { "99999999999bpm.wav", 0 },
    { "bpm.wav", 0 },
    { "bpm", 0 },
    { "120.wav", 0 },
    { "_120_.wav", 0 },
    { "120 bp m.wav", 0 },
    { ".bpm.", 0 },
    { "\xff\xfe 120bpm.wav", 120 },
    { "٣bpm.wav", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GFile) file = g_file_new_build_filename ("/", names[i].name, NULL);

      g_assert_cmpfloat (zab_sound_name_get_tempo (file), ==, names[i].tempo);
    }
}

/* A folder's name is none of the sound's. */
static void
test_folder (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/loops 120bpm/kick.wav");

  g_assert_cmpfloat (zab_sound_name_get_tempo (file), ==, 0);
  g_assert_false (zab_sound_name_is_loop (file));
}

static void
test_loop (void)
{
  g_autoptr (GFile) loop = g_file_new_for_path ("/a/Drum LOOP 2.wav");
  g_autoptr (GFile) kick = g_file_new_for_path ("/a/kick.wav");

  g_assert_true (zab_sound_name_is_loop (loop));
  g_assert_false (zab_sound_name_is_loop (kick));
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/sound-name/tempo", test_tempo);
  zab_test_add ("/model/sound-name/folder", test_folder);
  zab_test_add ("/model/sound-name/loop", test_loop);
  return g_test_run ();
}
