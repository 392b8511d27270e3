/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The base of every test program. Each function: Thread: main.
 *
 * The watchdog is the only bound on time in the tests: one test, or one wait inside it, that takes
 * longer than ZAB_TEST_TIMEOUT seconds (environment; 30) is hung, and dies with a message that
 * says where. */

/* g_test_init () and the watchdog. */
void zab_test_init (int *argc, char ***argv);

/* The watchdog alone, for programs that help the tests. */
void zab_test_watch (void);

/* g_test_add_func () with the watchdog rearmed when the test starts. */
void zab_test_add (const char *path, GTestFunc func);

/* Runs the default main context until @condition holds; it is asked after each dispatch and every
 * few milliseconds, as it may be made true by another thread or process. */
#define zab_test_wait_until(condition)                                                             \
  do                                                                                               \
    {                                                                                              \
      guint zab_test_tick = zab_test_begin_wait (#condition, G_STRLOC);                            \
      while (!(condition))                                                                         \
        zab_test_wait ();                                                                          \
      zab_test_end_wait (zab_test_tick);                                                           \
    }                                                                                              \
  while (0)

/* Dispatches whatever is ready now, and does not wait. */
void zab_test_drain (void);

/* A new folder (transfer full) that is removed, with all in it, when the program ends. */
char *zab_test_make_dir (void);

/* The parts of zab_test_wait_until (). */
guint zab_test_begin_wait (const char *what, const char *where);
void  zab_test_wait (void);
void  zab_test_end_wait (guint tick);

G_END_DECLS
