/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A load worker that crashes, hangs, eats memory, lies or does not start. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/worker-fixture.h"
#include "engine/worker/zab-worker-private.h"
#include "lib/zab-test.h"

/* The load fails as it should, the file is named, and the next one finds a fresh worker. */
static void
assert_breaks (WorkerFixture *self, const char *name, ZabLoadError code)
{
  const int pid = worker_fixture_assert_works (self);

  g_assert_null (worker_fixture_load (self, name));
  g_assert_error (self->error, ZAB_LOAD_ERROR, (int)code);
  g_assert_nonnull (strstr (self->error->message, name));
  g_assert_cmpint (kill (pid, 0), ==, -1);
  g_assert_cmpint (errno, ==, ESRCH);
  g_assert_cmpuint (zab_sample_memory_get_used (self->memory), ==, 0);
  g_assert_cmpint (worker_fixture_assert_works (self), !=, pid);
}

static void
test_crash (void)
{
  WorkerFixture self;

  worker_fixture_set_up (&self, &WORKER_LONG);
  assert_breaks (&self, "crash", ZAB_LOAD_ERROR_DAMAGED);
  assert_breaks (&self, "exit", ZAB_LOAD_ERROR_DAMAGED);
  worker_fixture_tear_down (&self);
}

static void
test_hang (void)
{
  WorkerFixture self;

  worker_fixture_set_up (&self, &WORKER_SHORT);
  assert_breaks (&self, "hang", ZAB_LOAD_ERROR_TIMED_OUT);
  worker_fixture_tear_down (&self);
}

/* Progress that does not rise is none. */
static void
test_creep (void)
{
  WorkerFixture self;

  worker_fixture_set_up (&self, &WORKER_SHORT);
  assert_breaks (&self, "creep", ZAB_LOAD_ERROR_TIMED_OUT);
  worker_fixture_tear_down (&self);
}

#ifndef ZAB_SANITIZING
static void
test_eat (void)
{
  WorkerFixture self;

  worker_fixture_set_up (&self, &WORKER_LONG);
  assert_breaks (&self, "eat", ZAB_LOAD_ERROR_DAMAGED);
  worker_fixture_tear_down (&self);
}
#endif

static void
assert_killed_on_cancel (const ZabWorkerPatience *patience, const char *name)
{
  WorkerFixture self;
  int           pid;

  worker_fixture_set_up (&self, patience);
  pid = worker_fixture_assert_works (&self);
  self.cancel_at = 0.25;
  g_assert_null (worker_fixture_load (&self, name));
  g_assert_error (self.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_cancellable_reset (self.cancellable);
  self.cancel_at = 0;
  g_assert_cmpint (worker_fixture_assert_works (&self), !=, pid);
  worker_fixture_tear_down (&self);
}

/* A worker that does not hear is killed: after a while, or when it has worked on for a while. */
static void
test_cancel_unheard (void)
{
  assert_killed_on_cancel (&WORKER_SHORT, "creep");
  assert_killed_on_cancel (&WORKER_LAZY, "spin");
}

/* As if it waited in the kernel for a disk: TRUE. */
static gboolean cannot_be_killed;

int
kill (pid_t pid, int number)
{
  return cannot_be_killed ? 0 : (int)syscall (SYS_kill, pid, number);
}

/* The load ends all the same, and the next finds a fresh worker. Whoever was left is dead in time.
 */
static void
test_cannot_be_killed (void)
{
  WorkerFixture self;
  int           pid;

  worker_fixture_set_up (&self, &WORKER_SHORT);
  pid = worker_fixture_assert_works (&self);
  cannot_be_killed = TRUE;
  g_assert_null (worker_fixture_load (&self, "freeze"));
  g_assert_error (self.error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_TIMED_OUT);
  cannot_be_killed = FALSE;
  g_assert_cmpint (worker_fixture_assert_works (&self), !=, pid);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  zab_test_wait_until (kill (pid, 0) < 0);
  worker_fixture_tear_down (&self);
}

/* It dies while it has nothing to do: the next file does not pay for it. */
static void
test_dies_idle (void)
{
  WorkerFixture self;
  int           pid;
  siginfo_t     info;

  worker_fixture_set_up (&self, &WORKER_LONG);
  pid = worker_fixture_assert_works (&self);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitid (P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), ==, 0);
  g_assert_cmpint (worker_fixture_assert_works (&self), !=, pid);
  worker_fixture_tear_down (&self);
}

/* It goes on speaking when it has given its answer: the next file does not pay for that, either. */
static void
test_speaks_unasked (void)
{
  WorkerFixture self;
  int           pid;

  worker_fixture_set_up (&self, &WORKER_LONG);
  pid = worker_fixture_assert_works (&self);
  zab_sample_unref (worker_fixture_load (&self, "speak-unasked"));
  g_assert_no_error (self.error);
  g_assert_cmpint (zab_worker_get_pid (self.worker), ==, pid);
  g_assert_cmpint (zab_worker_wait_for_message (self.worker, -1, G_MAXINT64), ==,
                   ZAB_WORKER_MESSAGE);
  g_assert_cmpint (worker_fixture_assert_works (&self), !=, pid);
  worker_fixture_tear_down (&self);
}

/* Each ends as it should, and the next finds a fresh worker. */
static void
assert_lies (const char *const *lies)
{
  WorkerFixture self;

  worker_fixture_set_up (&self, &WORKER_LONG);
  for (guint i = 0; lies[i] != NULL; i++)
    {
      const int pid = zab_worker_get_pid (self.worker);

      g_assert_null (worker_fixture_load (&self, lies[i]));
      g_assert_error (self.error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_FAILED);
      g_assert_nonnull (strstr (self.error->message, lies[i]));
      g_assert_cmpint (kill (pid, 0), ==, -1);
      g_assert_cmpint (zab_worker_get_pid (self.worker), !=, pid);
      g_assert_cmpuint (zab_sample_memory_get_used (self.memory), ==, 0);
    }
  worker_fixture_assert_works (&self);
  worker_fixture_tear_down (&self);
}

static void
test_lies_about_numbers (void)
{
  static const char *const lies[]
      = { "lie-frames", "lie-fewer-frames", "lie-huge-frames", "lie-channels", "lie-no-channels",
          "lie-load",   "lie-duration",     "lie-tempo",       "lie-budget",   NULL };

  assert_lies (lies);
}

static void
test_lies_about_memory (void)
{
  static const char *const lies[]
      = { "lie-unsealed", "lie-writable", "lie-shrinking", "lie-size", "lie-nan",
          "lie-device",   "lie-socket",   "lie-nothing",   NULL };

  assert_lies (lies);
}

static void
test_lies_about_parts (void)
{
  static const char *const lies[] = { "lie-part-unasked",
                                      "lie-part-unsealed",
                                      "lie-part-size",
                                      "lie-part-nan",
                                      "lie-part-nothing",
                                      "lie-part-beyond",
                                      NULL };

  assert_lies (lies);
}

static void
test_lies_in_words (void)
{
  static const char *const lies[]
      = { "lie-code",  "lie-type",  "lie-unknown-type", "lie-text", "lie-fraction",
          "lie-stage", "lie-empty", "lie-short",        NULL };

  assert_lies (lies);
}

/* No program, or one that is no worker: the caller is told to load the file itself. */
static void
test_no_worker (void)
{
  static const char *const programs[] = { "/nowhere/zabumba-load-worker", "/bin/true" };
  WorkerFixture            self;

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      worker_fixture_set_up (&self, &WORKER_LONG);
      zab_worker_free (self.worker);
      g_test_expect_message ("zabumba", G_LOG_LEVEL_WARNING, "*without a worker process*");
      self.worker = zab_worker_new (programs[i], &WORKER_LONG);
      g_assert_null (worker_fixture_load (&self, "good"));
      g_assert_no_error (self.error);
      g_assert_false (zab_worker_is_usable (self.worker));
      g_test_assert_expected_messages ();
      worker_fixture_tear_down (&self);
    }
}

/* One that is ready, and dies before it is given a file, again and again: the same. */
static void
test_deaf (void)
{
  WorkerFixture self;

  g_setenv ("ZAB_TEST_WORKER_IS_DEAF", "1", TRUE);
  worker_fixture_set_up (&self, &WORKER_LONG);
  g_test_expect_message ("zabumba", G_LOG_LEVEL_WARNING, "*without a worker process*");
  g_assert_null (worker_fixture_load (&self, "good"));
  g_assert_no_error (self.error);
  g_assert_false (zab_worker_is_usable (self.worker));
  g_test_assert_expected_messages ();
  worker_fixture_tear_down (&self);
  g_unsetenv ("ZAB_TEST_WORKER_IS_DEAF");
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/engine/worker-broken/crash", test_crash);
  zab_test_add ("/engine/worker-broken/hang", test_hang);
  zab_test_add ("/engine/worker-broken/creep", test_creep);
#ifndef ZAB_SANITIZING
  zab_test_add ("/engine/worker-broken/eat", test_eat);
#endif
  zab_test_add ("/engine/worker-broken/cancel-unheard", test_cancel_unheard);
  zab_test_add ("/engine/worker-broken/cannot-be-killed", test_cannot_be_killed);
  zab_test_add ("/engine/worker-broken/dies-idle", test_dies_idle);
  zab_test_add ("/engine/worker-broken/speaks-unasked", test_speaks_unasked);
  zab_test_add ("/engine/worker-broken/lies/numbers", test_lies_about_numbers);
  zab_test_add ("/engine/worker-broken/lies/memory", test_lies_about_memory);
  zab_test_add ("/engine/worker-broken/lies/parts", test_lies_about_parts);
  zab_test_add ("/engine/worker-broken/lies/words", test_lies_in_words);
  zab_test_add ("/engine/worker-broken/no-worker", test_no_worker);
  zab_test_add ("/engine/worker-broken/deaf", test_deaf);
  return g_test_run ();
}
