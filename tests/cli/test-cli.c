/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "lib/zab-test-signal.h"
#include "lib/zab-test.h"
#include "zab-test-cli.h"

enum
{
  OK = 0,
  FAILED = 1,
  USAGE = 2,
};

static const char *const commands[] = { "load", "play", "render", "resample" };

static void
test_help (void)
{
  static const char *const options[] = { "--help", "-h" };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_auto (ZabTestCli) cli = zab_test_cli_run (options[i], NULL);

      zab_test_cli_assert_status (cli, OK);
      g_assert_true (g_str_has_prefix (cli.out, "Usage: zabumba-cli COMMAND"));
      g_assert_cmpstr (cli.err, ==, "");
      for (guint j = 0; j < G_N_ELEMENTS (commands); j++)
        g_assert_nonnull (strstr (cli.out, commands[j]));
    }
}

static void
test_help_of_commands (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (ZabTestCli) cli = zab_test_cli_run (commands[i], "--help", NULL);
      g_autofree char *usage = g_strdup_printf ("zabumba-cli %s [OPTION…] ", commands[i]);

      zab_test_cli_assert_status (cli, OK);
      g_assert_nonnull (strstr (cli.out, usage));
      g_assert_cmpstr (cli.err, ==, "");
    }
}

static void
test_version (void)
{
  g_auto (ZabTestCli) cli = zab_test_cli_run ("--version", NULL);

  zab_test_cli_assert_status (cli, OK);
  g_assert_true (g_regex_match_simple ("^zabumba-cli \\d+\\.\\d+\\.\\d+\\n$", cli.out, 0, 0));
}

static void
assert_usage_error (const char *const *arguments, const char *message)
{
  g_auto (ZabTestCli) cli = zab_test_cli_run_in (NULL, arguments);

  zab_test_cli_assert_status (cli, USAGE);
  g_assert_cmpstr (cli.out, ==, "");
  if (strstr (cli.err, message) == NULL)
    g_error ("“%s” is not in: %s", message, cli.err);
}

static void
test_usage (void)
{
  static const struct
  {
    const char *arguments[7];
    const char *message;
  } calls[] = {
    { { NULL }, "Usage: zabumba-cli COMMAND" },
    { { "jam", NULL }, "there is no command “jam”" },
    { { "load", NULL },
      "zabumba-cli load: it takes files to load\nTry “zabumba-cli load --help”." },
    { { "load", "--loud", "a.wav", NULL }, "Unknown option --loud" },
    { { "load", "a.wav", "--rate", NULL }, "Missing argument for --rate" },
    { { "load", "--rate=0", "a.wav", NULL }, "the rate must be between 4000 and 384000 Hz" },
    { { "load", "--rate=3999", "a.wav", NULL }, "the rate must be between" },
    { { "load", "--rate=384001", "a.wav", NULL }, "the rate must be between" },
    { { "load", "--rate=48k", "a.wav", NULL }, "the rate must be between" },
    { { "load", "--rate=48000", "--converter=magic", "a.wav", NULL }, "“magic” is no converter" },
    { { "play", NULL }, "it takes 1 to 216 files to play" },
    { { "render", NULL }, "it takes a script and an output file" },
    { { "render", "a", "b", "c", NULL }, "it takes a script and an output file" },
    { { "render", "--block=0", "a", "b", NULL }, "a block is 1 to 8192 frames" },
    { { "render", "--block=8193", "a", "b", NULL }, "a block is 1 to 8192 frames" },
    { { "render", "--block=x", "a", "b", NULL }, "Cannot parse integer value" },
    { { "render", "--rate=1", "a", "b", NULL }, "the rate must be between" },
    { { "resample", NULL }, "it takes an input file, an output file and a rate" },
    { { "resample", "a", "b", NULL }, "it takes an input file, an output file and a rate" },
    { { "resample", "a", "b", "-1", NULL }, "Unknown option -1" },
    { { "resample", "a", "b", "0", NULL }, "the rate must be between" },
    { { "resample", "-c", "magic", "a", "b", "48000", NULL }, "“magic” is no converter" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    assert_usage_error (calls[i].arguments, calls[i].message);
}

static void
test_too_many_files (void)
{
  const char *arguments[1 + 217 + 1] = { "load" };

  for (guint i = 0; i < 217; i++)
    arguments[1 + i] = "a.wav";
  assert_usage_error (arguments, "there are 216 pads, and more files than that");
  arguments[0] = "play";
  assert_usage_error (arguments, "it takes 1 to 216 files to play");
}

static gsize
length_at (gsize n_frames, guint from, guint to)
{
  return (n_frames * to + from - 1) / from;
}

static void
assert_length (const char *converter, gsize n_frames, guint from, guint to)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *in = zab_test_cli_make_sound (dir, "in.wav", n_frames, 2, from, 0);
  g_autofree char *out = g_build_filename (dir, "out.wav", NULL);
  g_autofree char *rate = g_strdup_printf ("%u", to);
  g_autoptr (ZabTestWav) wav = NULL;
  g_auto (ZabTestCli) cli
      = zab_test_cli_run ("resample", "--converter", converter, in, out, rate, NULL);

  zab_test_cli_assert_status (cli, OK);
  g_assert_cmpstr (cli.out, ==, "");
  g_assert_cmpstr (cli.err, ==, "");
  wav = zab_test_cli_read_sound (dir, "out.wav");
  g_assert_cmpuint (wav->rate, ==, to);
  g_assert_cmpuint (wav->channels, ==, 2);
  g_assert_cmpuint (wav->n_frames, ==, length_at (n_frames, from, to));
}

static void
test_resample_lengths (void)
{
  static const char *const converters[] = { "fft", "libsamplerate" };

  for (guint i = 0; i < G_N_ELEMENTS (converters); i++)
    {
      assert_length (converters[i], 10000, 44100, 48000);
      assert_length (converters[i], 1, 8000, 192000);
      assert_length (converters[i], 10001, 96000, 44100);
      assert_length (converters[i], 20000, 48000, 48000);
    }
}

/* At the file's own rate nothing is converted. */
static void
test_resample_not_at_all (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *in = zab_test_cli_make_sound (dir, "in.wav", 5000, 2, 44100, 9);
  g_autofree char *out = g_build_filename (dir, "out.wav", NULL);
  g_autoptr (ZabTestWav) wav = NULL;
  g_auto (ZabTestCli) cli = zab_test_cli_run ("resample", in, out, "44100", NULL);
  ZabTestCounterReport report;

  zab_test_cli_assert_status (cli, OK);
  wav = zab_test_cli_read_sound (dir, "out.wav");
  report = zab_test_check_counter (wav->frames, wav->n_frames);
  g_assert_cmpuint (report.exact, ==, 5000);
  g_assert_cmpuint (report.breaks, ==, 0);
  g_assert_cmpuint (report.counter, ==, 9);
}

/* The largest difference from the sine that was converted, well inside of the sound. */
static double
resample_sine (const char *converter)
{
  enum
  {
    N_FRAMES = 44100,
    MARGIN = 4800
  };
  g_autofree char  *dir = zab_test_make_dir ();
  g_autofree char  *in = g_build_filename (dir, "in.wav", NULL);
  g_autofree char  *out = g_build_filename (dir, "out.wav", NULL);
  g_autofree float *frames = g_new (float, N_FRAMES);
  g_autoptr (ZabTestWav) wav = NULL;
  double largest = 0;

  zab_test_fill_sine (frames, N_FRAMES, 1, 1000, 44100, 0.5);
  g_assert_true (zab_test_wav_write (in, frames, N_FRAMES, 1, 44100, NULL));
  {
    g_auto (ZabTestCli) cli
        = zab_test_cli_run ("resample", "-c", converter, in, out, "48000", NULL);

    zab_test_cli_assert_status (cli, OK);
  }
  wav = zab_test_cli_read_sound (dir, "out.wav");
  g_assert_cmpuint (wav->n_frames, ==, 48000);
  for (gsize i = MARGIN; i < wav->n_frames - MARGIN; i++)
    {
      const double expected = 0.5 * sin (2 * G_PI * 1000 * (double)i / 48000);

      largest = MAX (largest, fabs ((double)wav->frames[i] - expected));
    }
  return largest;
}

static void
test_resample_sine (void)
{
  g_assert_cmpfloat (resample_sine ("fft"), <, 1e-6);
  g_assert_cmpfloat (resample_sine ("libsamplerate"), <, 1e-5);
}

static void
test_resample_fails (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *missing = g_build_filename (dir, "missing.wav", NULL);
  g_autofree char *out = g_build_filename (dir, "out.wav", NULL);
  g_autofree char *nowhere = g_build_filename (dir, "no", "such", "folder.wav", NULL);
  g_autofree char *in = zab_test_cli_make_sound (dir, "in.wav", 100, 1, 48000, 0);
  g_auto (ZabTestCli) cli = zab_test_cli_run ("resample", missing, out, "48000", NULL);
  g_auto (ZabTestCli) other = zab_test_cli_run ("resample", in, nowhere, "48000", NULL);

  zab_test_cli_assert_status (cli, FAILED);
  g_assert_true (g_str_has_prefix (cli.err, "zabumba-cli: “missing.wav” "));
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
  zab_test_cli_assert_status (other, FAILED);
  g_assert_nonnull (strstr (other.err, "folder.wav"));
}

/* What is cut off is converted as far as it goes, and that is said. */
static void
test_resample_warns (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *in = zab_test_cli_make_sound (dir, "in.wav", 1000, 1, 48000, 0);
  g_autofree char *out = g_build_filename (dir, "out.wav", NULL);
  g_autofree char *data = NULL;
  g_autoptr (ZabTestWav) wav = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (in, &data, &size, NULL));
  g_assert_true (g_file_set_contents (in, data, (gssize)(size - 500 * sizeof (float)), NULL));
  {
    g_auto (ZabTestCli) cli = zab_test_cli_run ("resample", in, out, "48000", NULL);

    zab_test_cli_assert_status (cli, OK);
    g_assert_true (g_str_has_prefix (cli.err, "zabumba-cli: "));
    g_assert_nonnull (strstr (cli.err, "in.wav"));
  }
  wav = zab_test_cli_read_sound (dir, "out.wav");
  g_assert_cmpuint (wav->n_frames, ==, 500);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_cli_init ();
  zab_test_add ("/cli/help", test_help);
  zab_test_add ("/cli/help-of-commands", test_help_of_commands);
  zab_test_add ("/cli/version", test_version);
  zab_test_add ("/cli/usage", test_usage);
  zab_test_add ("/cli/too-many-files", test_too_many_files);
  zab_test_add ("/cli/resample/lengths", test_resample_lengths);
  zab_test_add ("/cli/resample/not-at-all", test_resample_not_at_all);
  zab_test_add ("/cli/resample/sine", test_resample_sine);
  zab_test_add ("/cli/resample/fails", test_resample_fails);
  zab_test_add ("/cli/resample/warns", test_resample_warns);
  return g_test_run ();
}
