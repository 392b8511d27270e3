/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "lib/zab-test.h"
#include "model/zab-bundle.h"
#include "model/zab-set-file.h"
#include "zab-test-cli.h"

#define SET                                                                                        \
  "{\"format\":\"zabumba-set\",\"version\":1,\"session\":{\"volume\":0.8},\"pads\":["              \
  "{\"pad\":\"A1\",\"file\":{\"uri\":\"file:///nowhere/kick.wav\",\"relative\":\"kick.wav\"},"     \
  "\"gain\":0.5},"                                                                                 \
  "{\"pad\":\"F36\",\"file\":{\"uri\":\"file:///nowhere/x.wav\",\"relative\":\"s/hat.wav\"},"      \
  "\"loop\":true}]}"

static const char PLAY[] = "0 play 0\n100 play 215\n5000 end\n";
static const char ALONE[] = "0 load 0 kick.wav\n0 gain 0 0.5\n0 load 215 s/hat.wav\n"
                            "0 loop 215 on\n0 volume 0.8\n";

static void
put (const char *dir, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
make_dir (void)
{
  char            *dir = zab_test_make_dir ();
  g_autofree char *sub = g_build_filename (dir, "s", NULL);

  g_assert_cmpint (g_mkdir (sub, 0700), ==, 0);
  g_free (zab_test_cli_make_sound (dir, "kick.wav", 3000, 1, 44100, 1));
  g_free (zab_test_cli_make_sound (sub, "hat.wav", 700, 2, 48000, 9));
  put (dir, "a.zabset", SET);
  put (dir, "play", PLAY);
  return dir;
}

static void
render (const char *dir, const char *set, const char *script, const char *out)
{
  const char *arguments[] = { "render", "--set", set, script, out, NULL };
  const char *without[] = { "render", script, out, NULL };
  g_auto (ZabTestCli) cli = zab_test_cli_run_in (dir, set != NULL ? arguments : without);

  zab_test_cli_assert_status (cli, 0);
}

static void
assert_same (const char *dir, const char *one, const char *other)
{
  g_autofree char *path_one = g_build_filename (dir, one, NULL);
  g_autofree char *path_other = g_build_filename (dir, other, NULL);
  g_autofree char *data_one = NULL;
  g_autofree char *data_other = NULL;
  gsize            n_one;
  gsize            n_other;

  g_assert_true (g_file_get_contents (path_one, &data_one, &n_one, NULL));
  g_assert_true (g_file_get_contents (path_other, &data_other, &n_other, NULL));
  g_assert_cmpmem (data_one, n_one, data_other, n_other);
}

#define WHOLE_SET                                                                                  \
  "{\"format\":\"zabumba-set\",\"version\":2,\"session\":{\"volume\":1.0,\"tempo\":90.0,"          \
  "\"metre-beats\":3,\"metre-unit\":8,\"quantise\":\"1/8\",\"speed\":1.5},\"pads\":["              \
  "{\"pad\":\"A1\",\"file\":{\"uri\":\"file:///nowhere/kick.wav\",\"relative\":\"kick.wav\"},"     \
  "\"gain\":4.0,\"mode\":\"loop\",\"pan\":-0.5,\"start\":0.01,\"end\":0.04,\"loop-start\":0.02,"   \
  "\"crossfade\":5.0,\"eq-low\":0.5,\"choke\":2},"                                                 \
  "{\"pad\":\"F36\",\"file\":{\"uri\":\"file:///nowhere/x.wav\",\"relative\":\"s/hat.wav\"},"      \
  "\"mode\":\"toggle\",\"reverse\":true,\"attack\":1.0,\"release\":20.0,\"choke\":2,"              \
  "\"quantise\":\"off\"}]}"

static const char WHOLE[]
    = "0 load 0 kick.wav\n0 gain 0 4\n0 mode 0 loop\n0 pan 0 -0.5\n0 region 0 480 1920\n"
      "0 loop-range 0 960 4294967295\n0 crossfade 0 5\n0 eq-low 0 0.5\n0 choke 0 2\n"
      "0 load 215 s/hat.wav\n0 mode 215 toggle\n0 reverse 215 on\n0 attack 215 1\n"
      "0 release-time 215 20\n0 choke 215 2\n0 pad-quantise 215 off\n"
      "0 volume 1\n0 tempo 90\n0 metre 3 8\n0 quantise 1/8\n0 speed-all 1.5\n";
static const char PLAY_WHOLE[]
    = "0 transport start\n100 play 0\n50000 play 215\n50200 play 215\n90000 play 0\n100000 end\n";

/* Every kind of setting, and louder than a limiter would let it be. */
static void
test_settings (void)
{
  g_autofree char *dir = make_dir ();
  g_autofree char *alone = g_strconcat (WHOLE, PLAY_WHOLE, NULL);

  put (dir, "whole.zabset", WHOLE_SET);
  put (dir, "play-whole", PLAY_WHOLE);
  put (dir, "alone", alone);
  render (dir, "whole.zabset", "play-whole", "set.wav");
  render (dir, NULL, "alone", "alone.wav");
  assert_same (dir, "set.wav", "alone.wav");
}

/* A set sounds as the script that says all that it does. */
static void
test_set (void)
{
  g_autofree char *dir = make_dir ();
  g_autofree char *alone = g_strconcat (ALONE, PLAY, NULL);

  put (dir, "alone", alone);
  render (dir, "a.zabset", "play", "set.wav");
  render (dir, NULL, "alone", "alone.wav");
  assert_same (dir, "set.wav", "alone.wav");
}

/* A bundle made of it sounds the same when all that it was made of is gone. */
static void
test_bundle (void)
{
  g_autofree char *dir = make_dir ();
  g_autoptr (GFile) set = g_file_new_build_filename (dir, "a.zabset", NULL);
  g_autoptr (GFile) bundle = g_file_new_build_filename (dir, "a.zabumba", NULL);
  g_autofree char *kick = g_build_filename (dir, "kick.wav", NULL);
  g_autofree char *hat = g_build_filename (dir, "s", "hat.wav", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZabSetContents) contents = zab_set_file_load (set, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (zab_bundle_write (bundle, contents, FALSE, &error));
  g_assert_no_error (error);
  render (dir, "a.zabset", "play", "set.wav");
  g_assert_cmpint (g_unlink (kick), ==, 0);
  g_assert_cmpint (g_unlink (hat), ==, 0);
  g_assert_cmpint (g_unlink (g_file_peek_path (set)), ==, 0);
  render (dir, "a.zabumba", "play", "bundle.wav");
  assert_same (dir, "set.wav", "bundle.wav");
}

static void
assert_fails (const char *dir, const char *set, const char *part)
{
  const char *arguments[] = { "render", "--set", set, "play", "out.wav", NULL };
  g_auto (ZabTestCli) cli = zab_test_cli_run_in (dir, arguments);
  g_autofree char *out = g_build_filename (dir, "out.wav", NULL);

  zab_test_cli_assert_status (cli, 1);
  g_assert_nonnull (strstr (cli.err, part));
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

static void
test_errors (void)
{
  g_autofree char *dir = make_dir ();
  g_autofree char *hat = g_build_filename (dir, "s", "hat.wav", NULL);

  put (dir, "newer.zabset", "{\"format\":\"zabumba-set\",\"version\":999}");
  assert_fails (dir, "newer.zabset", "newer version of Zabumba");
  assert_fails (dir, "missing.zabset", "missing.zabset");
  assert_fails (dir, "kick.wav", "no proper JSON");
  g_assert_cmpint (g_unlink (hat), ==, 0);
  assert_fails (dir, "a.zabset", "pad F36: ");
}

int
main (int argc, char **argv)
{
  g_autofree char *data = NULL;

  zab_test_init (&argc, &argv);
  data = zab_test_make_dir ();
  g_setenv ("XDG_DATA_HOME", data, TRUE); /* for what bundles unpack */
  zab_test_cli_init ();
  zab_test_add ("/cli/set/settings", test_settings);
  zab_test_add ("/cli/set/set", test_set);
  zab_test_add ("/cli/set/bundle", test_bundle);
  zab_test_add ("/cli/set/errors", test_errors);
  return g_test_run ();
}
