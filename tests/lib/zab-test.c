/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-test.h"

#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the watchdog says; a signal handler can reach nothing but globals. */
static const char *current_test = "(no test)";
static const char *waits_for;
static const char *waits_at;
static GPtrArray  *dirs;

static void
put (const char *text)
{
  if (text && write (STDERR_FILENO, text, strlen (text)) < 0)
    _exit (1);
}

static void
on_alarm (int number)
{
  put ("\nwatchdog: ");
  put (current_test);
  put (waits_for ? " hangs at " : " hangs");
  put (waits_at);
  put (waits_for ? ", waiting until " : "");
  put (waits_for);
  put ("\n");
  abort ();
}

static void
rearm (void)
{
  const char *text = g_getenv ("ZAB_TEST_TIMEOUT");
  guint64     seconds = text ? g_ascii_strtoull (text, NULL, 10) : 0;

  alarm (seconds ? (guint)seconds : 30);
}

static int
remove_one (const char *path, const struct stat *info, int type, struct FTW *ftw)
{
  return remove (path);
}

static void
remove_dirs (void)
{
  for (guint i = 0; i < dirs->len; i++)
    nftw (dirs->pdata[i], remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
  g_clear_pointer (&dirs, g_ptr_array_unref);
}

void
zab_test_watch (void)
{
  const struct sigaction action = { .sa_handler = on_alarm };

  sigaction (SIGALRM, &action, NULL);
  rearm ();
}

void
zab_test_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  zab_test_watch ();
}

static void
run_test (gconstpointer data)
{
  GTestFunc func = (GTestFunc)data;

  current_test = g_test_get_path ();
  rearm ();
  func ();
  current_test = "(between tests)";
}

void
zab_test_add (const char *path, GTestFunc func)
{
  g_test_add_data_func (path, (gconstpointer)func, run_test);
}

void
zab_test_drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

char *
zab_test_make_dir (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("zab-test-XXXXXX", &error);

  g_assert_no_error (error);
  if (!dirs)
    {
      dirs = g_ptr_array_new_with_free_func (g_free);
      atexit (remove_dirs);
    }
  g_ptr_array_add (dirs, g_strdup (dir));
  return dir;
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

guint
zab_test_begin_wait (const char *what, const char *where)
{
  waits_for = what;
  waits_at = where;
  rearm ();
  return g_timeout_add (5, on_tick, NULL);
}

void
zab_test_wait (void)
{
  g_main_context_iteration (NULL, TRUE);
}

void
zab_test_end_wait (guint tick)
{
  g_source_remove (tick);
  waits_for = waits_at = NULL;
  rearm ();
}
