/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "lib/zab-test.h"
#include "zab-test-cli.h"

enum
{
  N_FRAMES = 1000, /* of the sound */
  ATTACK = 144,    /* frames: 3 ms at 48000 Hz */
  STOP = 144,      /* frames: 3 ms, of a stop */
  RELEASE = 240,   /* frames: 5 ms, of all that falls otherwise */
};

/* dir/one.wav: full scale all along, so that what is rendered are the levels themselves. */
static void
make_one (const char *dir, guint channels)
{
  g_autofree char  *path = g_build_filename (dir, "one.wav", NULL);
  g_autofree float *frames = g_new (float, N_FRAMES *channels);

  for (guint i = 0; i < N_FRAMES * channels; i++)
    frames[i] = i % channels == 0 ? 1.0F : -0.5F;
  g_assert_true (zab_test_wav_write (path, frames, N_FRAMES, channels, 48000, NULL));
}

static void
put_script (const char *dir, const char *text)
{
  g_autofree char *path = g_build_filename (dir, "script", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Renders dir/script to dir/out.wav. */
static ZabTestWav *
render (const char *dir, const char *script)
{
  const char *arguments[] = { "render", "script", "out.wav", NULL };
  g_auto (ZabTestCli) cli = { 0 };

  put_script (dir, script);
  cli = zab_test_cli_run_in (dir, arguments);
  zab_test_cli_assert_status (cli, 0);
  g_assert_cmpstr (cli.out, ==, "");
  g_assert_cmpstr (cli.err, ==, "");
  return zab_test_cli_read_sound (dir, "out.wav");
}

/* How far up a fade of @length frames is, @step frames from its silent end. */
static float
fade (guint step, guint length)
{
  return step > length ? 1.0F : (float)step / (float)(length + 1);
}

static void
assert_frame (const ZabTestWav *wav, gsize at, float left, float right)
{
  g_assert_cmpfloat (wav->frames[2 * at], ==, left);
  g_assert_cmpfloat (wav->frames[2 * at + 1], ==, right);
}

static void
assert_silent (const ZabTestWav *wav, gsize begin, gsize end)
{
  for (gsize i = begin; i < end; i++)
    assert_frame (wav, i, 0, 0);
}

static void
test_one_shot (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autoptr (ZabTestWav) wav = NULL;

  make_one (dir, 1);
  wav = render (dir, "0 load 0 one.wav\n100 play 0\n1500 end\n");
  g_assert_cmpuint (wav->rate, ==, 48000);
  g_assert_cmpuint (wav->channels, ==, 2);
  g_assert_cmpuint (wav->n_frames, ==, 1500);
  assert_silent (wav, 0, 100);
  for (guint i = 0; i < N_FRAMES; i++)
    {
      const float level = fade (i + 1, ATTACK) * fade (N_FRAMES - i, RELEASE);

      assert_frame (wav, 100 + i, level, level);
    }
  assert_silent (wav, 1100, 1500);
}

static void
test_stop (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autoptr (ZabTestWav) wav = NULL;

  make_one (dir, 2);
  wav = render (dir,
                "0 load 215 one.wav\n0 loop 215 on\n0 play 215 0.5\n2500 stop 215\n3000 end\n");
  for (guint i = 0; i < 2500; i++)
    {
      const float level = fade (i + 1, ATTACK) * 0.5F;

      assert_frame (wav, i, level, -0.5F * level);
    }
  for (guint i = 0; i < STOP; i++)
    {
      const float level = fade (STOP - i, STOP) * 0.5F;

      assert_frame (wav, 2500 + i, level, -0.5F * level);
    }
  assert_silent (wav, 2500 + STOP, 3000);
}

/* A second start fades the first sounding out while the new one fades in. */
static void
test_play_again (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autoptr (ZabTestWav) wav = NULL;

  make_one (dir, 1);
  wav = render (dir, "0 load 0 one.wav\n0 loop 0 on\n0 play 0\n500 play 0\n1000 end\n");
  for (guint i = 0; i < 500; i++)
    {
      const float sum = fade (RELEASE - MIN (i, RELEASE), RELEASE) + fade (i + 1, ATTACK);

      assert_frame (wav, 500 + i, sum, sum);
    }
}

static void
test_gain_and_volume (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autoptr (ZabTestWav) wav = NULL;

  make_one (dir, 1);
  wav = render (dir, "0 load 0 one.wav\n0 loop 0 on\n0 play 0\n"
                     "1000 gain 0 0.5\n2000 volume 0.25\n3000 stop-all\n4000 end\n");
  for (guint i = ATTACK; i < 1000; i++)
    assert_frame (wav, i, 1, 1);
  for (guint i = 0; i < RELEASE; i++)
    {
      const float gain = 0.5F + 0.5F * (float)(RELEASE - i) / (float)RELEASE;

      assert_frame (wav, 1000 + i, gain, gain);
    }
  for (guint i = 1000 + RELEASE; i < 2000; i++)
    assert_frame (wav, i, 0.5F, 0.5F);
  for (guint i = 2000 + RELEASE; i < 3000; i++)
    assert_frame (wav, i, 0.125F, 0.125F);
  assert_silent (wav, 3000 + RELEASE, 4000);
}

/* How a pad plays is set by commands of their own, each at its frame. */
static void
test_settings (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autoptr (ZabTestWav) wav = NULL;

  make_one (dir, 1);
  wav = render (dir, "0 load 0 one.wav\n0 mode 0 gate\n0 attack 0 0\n0 release-time 0 0\n"
                     "0 pan 0 1\n300 play 0\n400 release 0\n"
                     "500 pan 0 0\n1000 metre 3 4\n1000 quantise 1/16\n1000 transport start\n"
                     "1100 play 0\n8000 stop-all\n9000 end\n");
  assert_silent (wav, 0, 300);
  for (guint i = 300; i < 400; i++)
    assert_frame (wav, i, 0, sqrtf (2));
  assert_silent (wav, 400, 7000);
  for (guint i = 7000; i < 7000 + N_FRAMES - RELEASE; i++)
    assert_frame (wav, i, 1, 1);
}

/* Meters tell what has been heard so far, a line each: a quarter, twice too loud, and nothing. */
static void
test_meters (void)
{
  const char      *arguments[] = { "render", "script", "out.wav", NULL };
  g_autofree char *dir = zab_test_make_dir ();
  g_auto (ZabTestCli) cli = { 0 };

  make_one (dir, 1);
  put_script (dir, "0 load 0 one.wav\n0 attack 0 0\n0 loop 0 on\n0 gain 0 0.25\n2048 play 0\n"
                   "4096 meter 0\n4096 meter-all\n4096 volume 8\n6144 meter-all\n"
                   "6144 limiter on\n8192 meter-all\n8192 meter 1\n9000 end\n");
  cli = zab_test_cli_run_in (dir, arguments);
  zab_test_cli_assert_status (cli, 0);
  g_assert_true (g_str_has_prefix (
      cli.out, "{\"frame\":4096,\"pad\":0,\"peak\":[0.250000,0.250000],"
               "\"rms\":[0.250000,0.250000],\"clipped\":0}\n"
               "{\"frame\":4096,\"limiter\":1.000000,\"peak\":[0.250000,0.250000],"
               "\"rms\":[0.250000,0.250000],\"clipped\":0}\n"
               "{\"frame\":6144,\"limiter\":1.000000,\"peak\":[2.000000,2.000000],"
               "\"rms\":[2.000000,2.000000],\"clipped\":"));
  g_assert_nonnull (strstr (cli.out, "{\"frame\":8192,\"limiter\":0.4"));
  g_assert_true (g_str_has_suffix (cli.out,
                                   "{\"frame\":8192,\"pad\":1,\"peak\":[0.000000,0.000000],"
                                   "\"rms\":[0.000000,0.000000],\"clipped\":0}\n"));
}

static void
test_unload_and_replace (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autoptr (ZabTestWav) wav = NULL;

  zab_test_cli_put_sound (dir, "other.wav", 100, 1, 48000, 0);
  make_one (dir, 1);
  wav = render (dir, "0 load 0 one.wav\n0 loop 0 on\n0 play 0\n"
                     "500 load 0 other.wav\n1000 unload 0\n1000 play 0\n1500 end\n");
  for (guint i = 0; i < RELEASE; i++)
    assert_frame (wav, 500 + i, fade (RELEASE - i, RELEASE), fade (RELEASE - i, RELEASE));
  assert_silent (wav, 500 + RELEASE, 1500);
}

/* Everything at once: the same bits however large the blocks are. */
static void
test_blocks (void)
{
  static const char *const blocks[] = { "1", "7", "64", "256", "1000", "8192" };
  g_autofree char         *dir = zab_test_make_dir ();
  g_autofree char         *first = NULL;
  gsize                    first_size = 0;

  zab_test_cli_put_sound (dir, "a.wav", 3001, 2, 44100, 1 << 22);
  zab_test_cli_put_sound (dir, "b.wav", 977, 1, 48000, 1 << 23);
  make_one (dir, 2);
  put_script (dir, "0 load 0 a.wav\n0 load 1 b.wav\n0 load 200 one.wav\n0 loop 0 on\n"
                   "13 play 0 0.7\n100 play 1\n101 play 200 0.3\n150 gain 0 0.33\n"
                   "333 volume 0.9\n400 play 1 0.4\n410 gain 0 1.5\n500 load 1 a.wav\n"
                   "777 loop 200 on\n900 play 200\n1111 stop 0\n1200 volume 0.1\n"
                   "1500 unload 1\n1600 play 0\n2000 loop 200 off\n5000 stop-all\n6000 end\n");
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    {
      const char      *arguments[] = { "render", "--block", blocks[i], "script", "out.wav", NULL };
      g_autofree char *path = g_build_filename (dir, "out.wav", NULL);
      g_autofree char *data = NULL;
      gsize            size;
      g_auto (ZabTestCli) cli = zab_test_cli_run_in (dir, arguments);

      zab_test_cli_assert_status (cli, 0);
      g_assert_true (g_file_get_contents (path, &data, &size, NULL));
      g_assert_cmpuint (size, ==, 58 + 6000 * 2 * sizeof (float));
      if (first == NULL)
        {
          first = g_steal_pointer (&data);
          first_size = size;
        }
      else
        g_assert_cmpmem (data, size, first, first_size);
    }
}

/* Every pad's knobs are turned on one frame: on that frame, and not some blocks later. */
static void
test_many_knobs (void)
{
  static const char *const blocks[] = { "1", "64", "8192" };
  g_autofree char         *dir = zab_test_make_dir ();
  g_autoptr (GString) script = g_string_new (NULL);
  float sum = 0;

  make_one (dir, 1);
  for (guint i = 0; i < 8; i++)
    sum += 0.25F * sqrtf (2);
  for (guint pad = 0; pad < 216; pad += 27)
    g_string_append_printf (script, "0 load %u one.wav\n0 loop %u on\n0 play %u\n", pad, pad, pad);
  for (guint pad = 0; pad < 216; pad++)
    g_string_append_printf (script, "500 gain %u 0.25\n500 pan %u -1\n", pad, pad);
  g_string_append (script, "1000 end\n");
  put_script (dir, script->str);
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    {
      const char *arguments[] = { "render", "--block", blocks[i], "script", "out.wav", NULL };
      g_auto (ZabTestCli) cli = zab_test_cli_run_in (dir, arguments);
      g_autoptr (ZabTestWav) wav = zab_test_cli_read_sound (dir, "out.wav");

      zab_test_cli_assert_status (cli, 0);
      assert_frame (wav, 500, 8, 8);
      g_assert_cmpfloat (wav->frames[2 * 500 + 2], <, 8);
      assert_frame (wav, 500 + RELEASE, sum, 0);
    }
}

/* Commands at the same time, more than the ring holds, are all done: the last of them, too. */
static void
test_many_commands (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autoptr (GString) script = g_string_new ("0 load 0 one.wav\n0 loop 0 on\n0 play 0\n");
  g_autoptr (ZabTestWav) wav = NULL;

  make_one (dir, 1);
  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (script, "500 gain 0 %s\n500 choke 0 %u\n", i % 2 == 0 ? "4" : "0.5",
                            i % 8);
  g_string_append (script, "500 reverse 0 on\n500 stop 0\n1000 end\n");
  wav = render (dir, script->str);
  assert_frame (wav, 499, 1, 1);
  assert_frame (wav, 999, 0, 0);
}

/* Comments, blank lines, blanks around words, lines that end as on Windows; paths with blanks and
 * "#", from the script's folder and not from the caller's. */
static void
test_syntax (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *folder = g_build_filename (dir, "my sounds", NULL);
  g_autofree char *script = g_build_filename (folder, "a script.txt", NULL);
  g_autofree char *out = g_build_filename (dir, "out.wav", NULL);
  g_autoptr (ZabTestWav) wav = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  zab_test_cli_put_sound (folder, "C# 3 (soft) .wav", 2000, 1, 48000, 1 << 20);
  g_assert_true (g_file_set_contents (
      script,
      "# A comment\r\n\r\n  \t\n0   load\t3   C# 3 (soft) .wav  \r\n   # another\n"
      "10 loop 3 on\n10 loop 3 off\n\t100 play 3\n3000 end\nand now for something else\n",
      -1, NULL));
  {
    g_auto (ZabTestCli) cli = zab_test_cli_run ("render", script, out, NULL);

    zab_test_cli_assert_status (cli, 0);
  }
  wav = zab_test_cli_read_sound (dir, "out.wav");
  g_assert_cmpuint (wav->n_frames, ==, 3000);
  g_assert_cmpfloat (wav->frames[2 * 1000], ==, (float)((1 << 20) + 901) / (float)(1 << 24));
}

static void
test_empty (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autoptr (ZabTestWav) wav = render (dir, "0 end");

  g_assert_cmpuint (wav->n_frames, ==, 0);
}

static void
assert_script_fails (const char *dir, const char *script, const char *message)
{
  const char      *arguments[] = { "render", "script", "out.wav", NULL };
  g_autofree char *path = g_build_filename (dir, "script", NULL);
  g_autofree char *expected = g_strdup_printf ("zabumba-cli: %s%s\n", path, message);
  g_auto (ZabTestCli) cli = { 0 };

  put_script (dir, script);
  cli = zab_test_cli_run_in (dir, arguments);
  zab_test_cli_assert_status (cli, 1);
  g_assert_cmpstr (cli.err, ==, expected);
}

static void
test_errors (void)
{
  static const struct
  {
    const char *script;
    const char *message;
  } scripts[] = {
    { "", ": there is no “end” in it" },
    { "0 play 0\n", ": there is no “end” in it" },
    { "\n# x\nsoon play 0\n", ", line 3: “soon” is no time in frames" },
    { "-1 play 0\n", ", line 1: “-1” is no time in frames" },
    { "4294967296 end\n", ", line 1: “4294967296” is no time in frames" },
    { "0\n", ", line 1: there is no command “”" },
    { "0 jam 0\n", ", line 1: there is no command “jam”" },
    { "0 play\n", ", line 1: “” is no pad: pads are 0 to 215" },
    { "0 play 216\n", ", line 1: “216” is no pad: pads are 0 to 215" },
    { "0 play 0 loud\n", ", line 1: “loud” is no number from 0 to 16" },
    { "0 play 0 nan\n", ", line 1: “nan” is no number from 0 to 16" },
    { "0 gain 0\n", ", line 1: “” is no number from 0 to 16" },
    { "0 gain 0 -1\n", ", line 1: “-1” is no number from 0 to 16" },
    { "0 mode 0 gaze\n", ", line 1: “gaze” is none of one-shot|gate|toggle|loop" },
    { "0 tempo 1000\n", ", line 1: “1000” is none of 20..999" },
    { "0 mute 216 on\n", ", line 1: “216” is none of 0..215" },
    { "0 limiter on off\n", ", line 1: “off” is one word too many" },
    { "0 gain 0 16.5\n", ", line 1: “16.5” is no number from 0 to 16" },
    { "0 volume 0,5\n", ", line 1: “0,5” is no number from 0 to 16" },
    { "0 loop 0 maybe\n", ", line 1: “maybe” is neither “on” nor “off”" },
    { "0 load 0\n", ", line 1: there is no file to load" },
    { "0 stop 0 0\n", ", line 1: “0” is one word too many" },
    { "0 end now\n", ", line 1: “now” is one word too many" },
    { "5 stop 0\n4 end\n", ", line 2: it goes back in time, from frame 5" },
  };
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *out = g_build_filename (dir, "out.wav", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    assert_script_fails (dir, scripts[i].script, scripts[i].message);
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

/* A render that fails in the middle leaves no new file, and an old one as it was. */
static void
test_fails_in_the_middle (void)
{
  const char      *arguments[] = { "render", "script", "out.wav", NULL };
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *out = g_build_filename (dir, "out.wav", NULL);
  g_autofree char *before = g_build_filename (dir, "script, line 3: “missing.wav” ", NULL);
  g_autofree char *data = NULL;

  make_one (dir, 1);
  put_script (dir, "0 load 0 one.wav\n0 play 0\n500 load 1 missing.wav\n1000 end\n");
  for (guint i = 0; i < 2; i++)
    {
      g_auto (ZabTestCli) cli = zab_test_cli_run_in (dir, arguments);

      zab_test_cli_assert_status (cli, 1);
      g_assert_nonnull (strstr (cli.err, before));
      if (i > 0)
        break;
      g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
      g_assert_true (g_file_set_contents (out, "mine", -1, NULL));
    }
  g_assert_true (g_file_get_contents (out, &data, NULL, NULL));
  g_assert_cmpstr (data, ==, "mine");
}

static void
test_too_long (void)
{
  const char      *arguments[] = { "render", "script", "out.wav", NULL };
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *out = g_build_filename (dir, "out.wav", NULL);
  g_auto (ZabTestCli) cli = { 0 };

  put_script (dir, "600000000 end\n");
  cli = zab_test_cli_run_in (dir, arguments);
  zab_test_cli_assert_status (cli, 1);
  g_assert_nonnull (strstr (cli.err, "out.wav: a WAV file can’t be longer than 4 GiB"));
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

/* The rate is that of the output; times are its frames, and so are the fades. */
static void
test_rate (void)
{
  const char      *arguments[] = { "render", "--rate", "96000", "script", "out.wav", NULL };
  g_autofree char *dir = zab_test_make_dir ();
  g_autoptr (ZabTestWav) wav = NULL;
  g_auto (ZabTestCli) cli = { 0 };

  make_one (dir, 1);
  put_script (dir, "0 load 0 one.wav\n0 play 0\n3000 end\n");
  cli = zab_test_cli_run_in (dir, arguments);
  zab_test_cli_assert_status (cli, 0);
  wav = zab_test_cli_read_sound (dir, "out.wav");
  g_assert_cmpuint (wav->rate, ==, 96000);
  g_assert_cmpuint (wav->n_frames, ==, 3000);
  g_assert_cmpfloat (wav->frames[2 * (2 * N_FRAMES - 1)], !=, 0);
  assert_silent (wav, 2 * N_FRAMES, 3000);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_cli_init ();
  zab_test_add ("/cli/render/one-shot", test_one_shot);
  zab_test_add ("/cli/render/stop", test_stop);
  zab_test_add ("/cli/render/play-again", test_play_again);
  zab_test_add ("/cli/render/gain-and-volume", test_gain_and_volume);
  zab_test_add ("/cli/render/settings", test_settings);
  zab_test_add ("/cli/render/meters", test_meters);
  zab_test_add ("/cli/render/unload-and-replace", test_unload_and_replace);
  zab_test_add ("/cli/render/blocks", test_blocks);
  zab_test_add ("/cli/render/many-knobs", test_many_knobs);
  zab_test_add ("/cli/render/many-commands", test_many_commands);
  zab_test_add ("/cli/render/syntax", test_syntax);
  zab_test_add ("/cli/render/empty", test_empty);
  zab_test_add ("/cli/render/errors", test_errors);
  zab_test_add ("/cli/render/fails-in-the-middle", test_fails_in_the_middle);
  zab_test_add ("/cli/render/too-long", test_too_long);
  zab_test_add ("/cli/render/rate", test_rate);
  return g_test_run ();
}
