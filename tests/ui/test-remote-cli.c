/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "zabumba-cli remote", and the Zabumba that it plays. */
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/zab-test-cli.h"
#include "ui/zab-test-app.h"

static ZabTestApp app;

static void
set_up (void)
{
  app = (ZabTestApp){ 0 };
  zab_test_app_start (&app, (const char *[]){ NULL });
  zab_test_app_wait_sound (&app);
}

/* @expected: the exit status. */
static ZabTestCli
run (int expected, const char *a, const char *b, const char *c)
{
  ZabTestCli cli = zab_test_cli_run ("remote", a, b, c, NULL);

  zab_test_cli_assert_status (cli, expected);
  return cli;
}

static void
assert_runs (const char *a, const char *b, const char *c)
{
  g_auto (ZabTestCli) cli = run (0, a, b, c);

  g_assert_cmpstr (cli.out, ==, "");
  g_assert_cmpstr (cli.err, ==, "");
}

/* @words: a part of what is said. */
static void
assert_fails (int status, const char *a, const char *b, const char *c, const char *words)
{
  g_auto (ZabTestCli) cli = run (status, a, b, c);

  if (strstr (cli.err, words) == NULL)
    g_error ("“%s” is not in: %s", words, cli.err);
}

static char *
dup_status (void)
{
  g_auto (ZabTestCli) cli = run (0, "status", NULL, NULL);

  return g_steal_pointer (&cli.out);
}

static gboolean
has_status (const char *part)
{
  g_autofree char *status = dup_status ();

  return strstr (status, part) != NULL;
}

static void
test_load (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *good = zab_test_app_write_wav (dir, "hum loop.wav", 1);
  g_autofree char *bad = zab_test_app_write_broken_wav (dir, "bad.wav");
  g_autofree char *uri = g_filename_to_uri (good, NULL, NULL);
  g_autofree char *missing = g_build_filename (dir, "missing.wav", NULL);
  g_autofree char *fifo = g_build_filename (dir, "fifo.wav", NULL);
  g_auto (ZabTestCli) loaded = { 0 };
  g_auto (ZabTestCli) by_uri = { 0 };
  g_auto (ZabTestCli) failed = { 0 };

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  set_up ();
  loaded = run (0, "load", "b2", good);
  g_assert_true (g_str_has_prefix (loaded.out, "{\"type\":\"started\",\"id\":37,"));
  g_assert_nonnull (strstr (loaded.out, "{\"type\":\"success\",\"id\":37,"));
  by_uri = run (0, "load", "3", uri);
  g_assert_nonnull (strstr (by_uri.out, "{\"type\":\"success\",\"id\":2,"));
  failed = run (1, "load", "4", bad);
  g_assert_nonnull (strstr (failed.out, "{\"type\":\"error\",\"id\":3,"));
  assert_fails (1, "load", "5", missing, "“missing.wav” can’t be opened");
  assert_fails (1, "load", "5", dir, "is a folder and no file");
  assert_fails (1, "load", "5", fifo, "“fifo.wav” is a pipe and no file");
  assert_fails (1, "load", "5", "/dev/zero", "“zero” is a device and no file");
  g_assert_true (has_status ("\"label\":\"B2\",\"name\":\"hum loop\",\"state\":\"ready\""));
  g_assert_true (has_status ("\"label\":\"A4\",\"name\":\"bad\",\"state\":\"failed\""));
  zab_test_app_stop (&app);
}

static void
test_play (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = zab_test_app_write_wav (dir, "hum loop.wav", 1);
  g_auto (ZabTestCli) loaded = { 0 };

  set_up ();
  loaded = run (0, "load", "A1", path);
  assert_runs ("play", "1", NULL);
  zab_test_wait_until (has_status ("\"PlayingPads\":1"));
  assert_runs ("stop", "A1", NULL);
  zab_test_wait_until (has_status ("\"PlayingPads\":0"));
  assert_runs ("play", "a1", "0.5");
  zab_test_wait_until (has_status ("\"PlayingPads\":1"));
  assert_runs ("stop-all", NULL, NULL);
  zab_test_wait_until (has_status ("\"PlayingPads\":0"));
  assert_runs ("volume", "0.25", NULL);
  g_assert_true (has_status ("\"Volume\":0.25"));
  assert_runs ("bank", "c", NULL);
  g_assert_true (has_status ("\"Bank\":2"));
  zab_test_wait_until (zab_test_app_shows (&app, "Pad C1, empty"));
  zab_test_app_stop (&app);
}

/* Nothing of it reaches Zabumba. */
static void
test_usage (void)
{
  set_up ();
  assert_fails (2, NULL, NULL, NULL, "one of the commands");
  assert_fails (2, "dance", NULL, NULL, "one of the commands");
  assert_fails (2, "play", NULL, NULL, "usage: zabumba-cli remote play PAD [VELOCITY]");
  assert_fails (2, "stop-all", "A1", NULL, "usage: zabumba-cli remote stop-all");
  assert_fails (2, "play", "G1", NULL, "there is no pad “G1”");
  assert_fails (2, "play", "A1", "1.5", "“1.5” is no number from 0 to 1");
  assert_fails (2, "volume", "nan", NULL, "“nan” is no number from 0 to 1");
  assert_fails (2, "volume", "", NULL, "“” is no number from 0 to 1");
  assert_fails (2, "bank", "7", NULL, "there is no bank “7”");
  zab_test_app_stop (&app);
  assert_fails (1, "stop-all", NULL, NULL, "there is no Zabumba running");
}

static ZabTestProcess *
monitor (void)
{
  return zab_test_process_new (
      (const char *const[]){ g_getenv ("ZAB_TEST_CLI"), "remote", "monitor", NULL });
}

static void
test_monitor (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = zab_test_app_write_wav (dir, "hum.wav", 1);
  g_autoptr (ZabTestProcess) first = NULL;
  g_autoptr (ZabTestProcess) second = NULL;
  g_auto (ZabTestCli) loaded = { 0 };

  set_up ();
  first = monitor ();
  second = monitor ();
  zab_test_process_expect (first, "{\"Volume\":0.7,\"Bank\":0,");
  zab_test_process_expect (second, "{\"Volume\":0.7,\"Bank\":0,");
  assert_runs ("bank", "B", NULL);
  zab_test_process_expect (first, "{\"type\":\"changed\",\"property\":\"Bank\",\"value\":1}");
  zab_test_process_signal (first, SIGINT);
  g_assert_cmpint (zab_test_process_finish (first), ==, 0);
  zab_test_process_expect (second, "{\"type\":\"changed\",\"property\":\"Bank\",\"value\":1}");
  loaded = run (0, "load", "A1", path);
  zab_test_process_expect (second, "{\"type\":\"started\",\"id\":0,");
  zab_test_process_expect (second, "{\"type\":\"success\",\"id\":0,");
  zab_test_app_stop (&app);
  g_assert_cmpint (zab_test_process_finish (second), ==, 0);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_cli_init ();
  zab_test_add ("/ui/remote-cli/load", test_load);
  zab_test_add ("/ui/remote-cli/play", test_play);
  zab_test_add ("/ui/remote-cli/usage", test_usage);
  zab_test_add ("/ui/remote-cli/monitor", test_monitor);
  return g_test_run ();
}
