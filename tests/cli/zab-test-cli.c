/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-test-cli.h"

#include "lib/zab-test-signal.h"

void
zab_test_cli_clear (ZabTestCli *self)
{
  g_clear_pointer (&self->out, g_free);
  g_clear_pointer (&self->err, g_free);
}

void
zab_test_cli_init (void)
{
  g_assert_nonnull (g_getenv ("ZAB_TEST_CLI"));
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_unsetenv ("LANGUAGE");
}

ZabTestCli
zab_test_cli_run_in (const char *dir, const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  ZabTestCli self = { .status = -1 };

  g_strv_builder_add (builder, g_getenv ("ZAB_TEST_CLI"));
  g_strv_builder_addv (builder, (const char **)arguments);
  all = g_strv_builder_end (builder);
  if (dir != NULL)
    g_subprocess_launcher_set_cwd (launcher, dir);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)all, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &self.out, &self.err, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_if_exited (process))
    self.status = g_subprocess_get_exit_status (process);
  return self;
}

ZabTestCli
zab_test_cli_run (const char *first, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  va_list list;

  va_start (list, first);
  for (const char *argument = first; argument != NULL; argument = va_arg (list, const char *))
    g_ptr_array_add (arguments, (gpointer)argument);
  va_end (list);
  g_ptr_array_add (arguments, NULL);
  return zab_test_cli_run_in (NULL, (const char *const *)arguments->pdata);
}

char *
zab_test_cli_make_sound (const char *dir, const char *name, gsize n_frames, guint channels,
                         guint rate, guint64 first)
{
  g_autofree float *frames = g_new (float, n_frames *channels + 1);
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (dir, name, NULL);

  zab_test_fill_counter (frames, n_frames, channels, first);
  zab_test_wav_write (path, frames, n_frames, channels, rate, &error);
  g_assert_no_error (error);
  return path;
}

void
zab_test_cli_put_sound (const char *dir, const char *name, gsize n_frames, guint channels,
                        guint rate, guint64 first)
{
  g_free (zab_test_cli_make_sound (dir, name, n_frames, channels, rate, first));
}

ZabTestWav *
zab_test_cli_read_sound (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;
  ZabTestWav *wav = zab_test_wav_read (path, &error);

  g_assert_no_error (error);
  return wav;
}
