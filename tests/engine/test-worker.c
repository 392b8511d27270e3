/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A load worker that does its work, and what it can't do. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "engine/worker-fixture.h"
#include "engine/worker/zab-wire.h"
#include "engine/worker/zab-worker-process.h"
#include "lib/zab-test-signal.h"
#include "lib/zab-test.h"

static void
assert_equal (const ZabSample *a, const ZabSample *b)
{
  g_assert_cmpuint (a->n_frames, ==, b->n_frames);
  g_assert_cmpuint (a->channels, ==, b->channels);
  g_assert_cmpuint (a->rate, ==, b->rate);
  g_assert_true (memcmp (a->frames, b->frames, a->n_frames * a->channels * sizeof (float)) == 0);
}

static void
test_exact (void)
{
  WorkerFixture self;
  int           pid;

  worker_fixture_set_up (&self, &WORKER_LONG);
  pid = worker_fixture_assert_works (&self);
  g_assert_cmpuint (self.success.n_frames, ==, LENGTH);
  g_assert_cmpuint (self.success.channels, ==, 2);
  g_assert_cmpuint (self.success.rate, ==, RATE);
  g_assert_true (self.success.duration == (double)LENGTH / RATE);
  g_assert_null (self.success.warning);
  g_assert_true (self.fraction == 1.0);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpint (worker_fixture_assert_works (&self), ==, pid);
  worker_fixture_tear_down (&self);
}

static void
test_mono (void)
{
  WorkerFixture    self;
  g_autofree char *path = NULL;
  ZabSample       *sample;

  worker_fixture_set_up (&self, &WORKER_LONG);
  path = worker_fixture_write_counter (&self, "mono", 1, RATE);
  sample = worker_fixture_load_path (&self, path, TRUE);
  worker_fixture_assert_counter (sample, 1);
  g_assert_cmpuint (zab_sample_memory_get_used (self.memory), ==, zab_sample_get_size (LENGTH, 1));
  zab_sample_unref (sample);
  worker_fixture_tear_down (&self);
}

static void
test_beginning (void)
{
  WorkerFixture    self;
  g_autofree char *path = NULL;
  ZabSample       *sample;

  worker_fixture_set_up (&self, &WORKER_LONG);
  self.max_seconds = 1;
  path = worker_fixture_write_counter (&self, "mono", 1, RATE);
  sample = worker_fixture_load_path (&self, path, TRUE);
  g_assert_nonnull (sample);
  g_assert_cmpuint (sample->n_frames, ==, RATE);
  for (guint i = 0; i < RATE; i++)
    g_assert_true (sample->frames[i] == zab_test_counter (i, 0));
  g_assert_cmpuint (zab_sample_memory_get_used (self.memory), ==, zab_sample_get_size (RATE, 1));
  g_assert_true (self.success.duration == 1.0);
  g_assert_true (self.success.file_duration == (double)LENGTH / RATE);
  zab_sample_unref (sample);
  worker_fixture_tear_down (&self);
}

/* Long enough to be decoded in one thread and resampled in another. */
static void
test_long (void)
{
  const guint      n_frames = 10 * LENGTH;
  WorkerFixture    self;
  g_autofree char *path = NULL;

  worker_fixture_set_up (&self, &WORKER_LONG);
  path = worker_fixture_write_long_counter (&self, "long", 2, RATE, n_frames);
  for (int in_worker = FALSE; in_worker <= TRUE; in_worker++)
    {
      ZabSample *sample = worker_fixture_load_path (&self, path, in_worker);

      g_assert_no_error (self.error);
      g_assert_cmpuint (sample->n_frames, ==, n_frames);
      for (guint i = 0; i < n_frames; i++)
        g_assert_true (sample->frames[2 * i] == zab_test_counter (i, 0)
                       && sample->frames[2 * i + 1] == zab_test_counter (i, 1));
      zab_sample_unref (sample);
    }
  worker_fixture_tear_down (&self);
}

/* In its middle, where two threads are at it. */
static void
test_long_cancel (void)
{
  WorkerFixture    self;
  g_autofree char *path = NULL;

  worker_fixture_set_up (&self, &WORKER_LONG);
  path = worker_fixture_write_long_counter (&self, "long", 1, RATE, 80 * LENGTH);
  worker_fixture_assert_works (&self);
  self.cancel_at = 0.25;
  for (int in_worker = FALSE; in_worker <= TRUE; in_worker++)
    {
      g_assert_null (worker_fixture_load_path (&self, path, in_worker));
      g_assert_error (self.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (zab_sample_memory_get_used (self.memory), ==, 0);
      g_cancellable_reset (self.cancellable);
    }
  self.cancel_at = 0;
  worker_fixture_assert_works (&self);
  worker_fixture_tear_down (&self);
}

#ifndef ZAB_SANITIZING
/* The most that the process has ever had in memory, bytes. */
static guint64
get_peak (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", pid);
  g_autofree char *status = NULL;
  const char      *line;

  g_assert_true (g_file_get_contents (path, &status, NULL, NULL));
  line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) * 1024;
}

/* What it takes to load is the sample, whose pages are the memfd's, and a little more: there is no
 * second copy. */
static void
test_peak_memory (void)
{
  const guint      n_frames = 80 * LENGTH;
  WorkerFixture    self;
  g_autofree char *path = NULL;
  ZabSample       *sample;
  guint64          before;
  int              pid;

  worker_fixture_set_up (&self, &WORKER_LONG);
  path = worker_fixture_write_long_counter (&self, "long", 1, RATE, n_frames);
  pid = worker_fixture_assert_works (&self);
  before = get_peak (pid);
  sample = worker_fixture_load_path (&self, path, TRUE);
  g_assert_no_error (self.error);
  g_assert_cmpuint (sample->n_frames, ==, n_frames);
  g_assert_cmpuint (get_peak (pid) - before, <=, 16 << 20);
  g_assert_cmpuint (zab_sample_memory_get_used (self.memory), ==,
                    zab_sample_get_size (n_frames, 1));
  zab_sample_unref (sample);
  worker_fixture_tear_down (&self);
}
#endif

/* Resampled: the same bits as in the process. */
static void
test_same_as_in_process (void)
{
  WorkerFixture    self;
  g_autofree char *path = NULL;
  ZabSample       *there;
  ZabSample       *here;

  worker_fixture_set_up (&self, &WORKER_LONG);
  path = worker_fixture_write_counter (&self, "counter", 2, 44100);
  there = worker_fixture_load_path (&self, path, TRUE);
  g_assert_no_error (self.error);
  g_assert_cmpuint (self.success.rate, ==, 44100);
  here = worker_fixture_load_path (&self, path, FALSE);
  g_assert_cmpuint (there->n_frames, ==, here->n_frames);
  g_assert_cmpuint (there->channels, ==, here->channels);
  g_assert_true (memcmp (there->frames, here->frames, there->n_frames * 2 * sizeof (float)) == 0);
  zab_sample_unref (there);
  zab_sample_unref (here);
  worker_fixture_tear_down (&self);
}

/* Nobody can write them, and reading them faults no page in. */
static void
test_pages (void)
{
  WorkerFixture    self;
  g_autofree char *maps = NULL;
  g_autofree char *entry = NULL;
  ZabSample       *sample;
  struct rusage    before;
  struct rusage    after;
  volatile float   sum = 0;

  worker_fixture_set_up (&self, &WORKER_LONG);
  sample = worker_fixture_load (&self, "good");
  getrusage (RUSAGE_THREAD, &before);
  getrusage (RUSAGE_THREAD, &after);
  getrusage (RUSAGE_THREAD, &before);
  for (guint64 i = 0; i < 2 * sample->n_frames; i++)
    sum = sum + sample->frames[i];
  getrusage (RUSAGE_THREAD, &after);
  g_assert_cmpint (after.ru_minflt - before.ru_minflt + after.ru_majflt - before.ru_majflt, ==, 0);
  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  entry = g_strdup_printf ("%" G_GINTPTR_MODIFIER "x-", (guintptr)sample->frames);
  g_assert_nonnull (strstr (maps, entry));
  g_assert_true (g_str_has_prefix (strchr (strstr (maps, entry), ' '), " r--s "));
  zab_sample_unref (sample);
  worker_fixture_tear_down (&self);
}

/* What a load says: the error, or the warning, or nothing. */
static char *
describe (WorkerFixture *self, const char *path, gboolean in_worker)
{
  ZabSample *sample = worker_fixture_load_path (self, path, in_worker);

  g_assert_true ((sample == NULL) == (self->error != NULL));
  g_clear_pointer (&sample, zab_sample_unref);
  if (self->error != NULL)
    return g_strdup_printf ("%s %d %s", g_quark_to_string (self->error->domain), self->error->code,
                            self->error->message);
  return g_strdup (self->success.warning != NULL ? self->success.warning : "");
}

/* What is wrong with a file is told as in the process, and the worker goes on. */
static void
test_errors (void)
{
  static const char *const names[] = { "missing", "empty", "text", "cut.wav", "folder" };
  g_autofree char         *whole = NULL;
  g_autofree char         *folder = NULL;
  WorkerFixture            self;
  int                      pid;

  worker_fixture_set_up (&self, &WORKER_LONG);
  pid = worker_fixture_assert_works (&self);
  g_free (worker_fixture_write_bytes (&self, "empty", ""));
  g_free (worker_fixture_write_bytes (&self, "text", "not a sound"));
  whole = worker_fixture_write_counter (&self, "cut.wav", 2, RATE);
  g_assert_cmpint (truncate (whole, 5000), ==, 0);
  folder = g_build_filename (self.folder, "folder", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self.folder, names[i], NULL);
      g_autofree char *there = describe (&self, path, TRUE);
      g_autofree char *here = describe (&self, path, FALSE);

      g_assert_cmpstr (there, ==, here);
      g_assert_cmpstr (there, !=, "");
    }
  g_assert_cmpint (worker_fixture_assert_works (&self), ==, pid);
  worker_fixture_tear_down (&self);
}

/* Every format that the tests have, and every damage: the same frames, the same words. */
static void
test_formats (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "data", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  WorkerFixture self;
  const char   *name;
  int           pid;

  g_assert_no_error (error);
  worker_fixture_set_up (&self, &WORKER_LONG);
  pid = worker_fixture_assert_works (&self);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      ZabSample       *there = worker_fixture_load_path (&self, path, TRUE);
      g_autofree char *words = g_strdup (self.error != NULL ? self.error->message : "");
      ZabSample       *here = worker_fixture_load_path (&self, path, FALSE);

      g_test_message ("%s", name);
      g_assert_cmpstr (words, ==, self.error != NULL ? self.error->message : "");
      g_assert_true ((there == NULL) == (here == NULL));
      if (here != NULL)
        assert_equal (there, here);
      g_clear_pointer (&there, zab_sample_unref);
      g_clear_pointer (&here, zab_sample_unref);
    }
  g_assert_cmpint (worker_fixture_assert_works (&self), ==, pid);
  worker_fixture_tear_down (&self);
}

static void
assert_refused (WorkerFixture *self, const char *name)
{
  g_assert_error (self->error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (self->error->message, name));
  g_assert_nonnull (strstr (self->error->message, "100.0"));
  g_assert_cmpuint (zab_sample_memory_get_used (self->memory), ==, 0);
}

/* A short one when it is there, a long one before it is taken: the refusal says how much is
 * missing, the worker goes on. */
static void
test_budget (void)
{
  WorkerFixture    self;
  g_autofree char *path = NULL;
  int              pid;

  worker_fixture_set_up (&self, &WORKER_LONG);
  path = worker_fixture_write_long_counter (&self, "long", 2, RATE, 10 * LENGTH);
  g_assert_cmpuint (zab_sample_get_size (10 * LENGTH, 2), >, ZAB_WIRE_CREDIT);
  pid = worker_fixture_assert_works (&self);
  zab_sample_memory_set_limit (self.memory, LENGTH);
  g_assert_null (worker_fixture_load (&self, "good"));
  assert_refused (&self, "good");
  g_assert_null (worker_fixture_load_path (&self, path, TRUE));
  assert_refused (&self, "long");
  zab_sample_memory_set_limit (self.memory, zab_sample_get_size (LENGTH, 2));
  g_assert_cmpint (worker_fixture_assert_works (&self), ==, pid);
  worker_fixture_tear_down (&self);
}

static void
test_cancel (void)
{
  WorkerFixture self;
  int           pid;

  worker_fixture_set_up (&self, &WORKER_LONG);
  pid = worker_fixture_assert_works (&self);
  self.cancel_at = 0.25;
  g_assert_null (worker_fixture_load (&self, "wait"));
  g_assert_error (self.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_cancellable_reset (self.cancellable);
  self.cancel_at = 0;
  g_assert_cmpint (worker_fixture_assert_works (&self), ==, pid);
  worker_fixture_tear_down (&self);
}

static void
say (const ZabWorkerProcess *process, ZabWireType type, guint32 load, int fd)
{
  ZabWireMessage message;

  zab_wire_message_init (&message, type, load, "good");
  message.request.rate = RATE;
  g_assert_cmpint (zab_wire_send (process->socket, &message, fd, TRUE), ==, ZAB_WIRE_OK);
}

/* What comes on the way to it is passed by. */
static ZabWireMessage
expect (const ZabWorkerProcess *process, ZabWireType type, guint32 load)
{
  ZabWireMessage message;
  int            fd;

  do
    {
      g_assert_cmpint (zab_wire_receive (process->socket, &message, &fd, TRUE), ==, ZAB_WIRE_OK);
      if (fd >= 0)
        close (fd);
    }
  while (message.type == ZAB_WIRE_PROGRESS || message.type == ZAB_WIRE_PART);
  g_assert_cmpuint (message.type, ==, type);
  g_assert_cmpuint (message.load, ==, load);
  return message;
}

/* Its cancellation and the success cross: the next file, loaded by the other thread, does not pay
 * for it. */
static void
test_cancel_too_late (void)
{
  g_autofree char *program
      = g_test_build_filename (G_TEST_BUILT, "engine", "zab-test-worker", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  ZabWorkerProcess process;
  WorkerFixture    self;
  int              fd;

  worker_fixture_set_up (&self, &WORKER_LONG);
  path = worker_fixture_write_counter (&self, "good", 2, RATE);
  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  g_assert_true (zab_worker_process_start (&process, program, &error));
  expect (&process, ZAB_WIRE_READY, 0);
  for (guint32 load = 1; load <= 10; load++)
    {
      say (&process, ZAB_WIRE_LOAD, load, fd);
      g_assert_cmpuint (expect (&process, ZAB_WIRE_SUCCESS, load).success.n_frames, ==, LENGTH);
      say (&process, ZAB_WIRE_CANCEL, load, -1);
    }
  zab_worker_process_stop (&process);
  close (fd);
  worker_fixture_tear_down (&self);
}

/* Cancelled before it is ready: nobody waits. */
static void
test_cancel_at_start (void)
{
  WorkerFixture self;

  worker_fixture_set_up (&self, &WORKER_LONG);
  g_cancellable_cancel (self.cancellable);
  g_assert_null (worker_fixture_load (&self, "good"));
  g_assert_error (self.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_cancellable_reset (self.cancellable);
  worker_fixture_assert_works (&self);
  worker_fixture_tear_down (&self);
}

/* --- Out of harm's way ----------------------------------------------------------------------- */

static void
test_sandbox (void)
{
  static const char *const attempts[]
      = { "try-open", "try-create", "try-unlink", "try-socket",  "try-socketpair", "try-exec",
          "try-fork", "try-kill",   "try-tgkill", "try-owner",   "try-signal",     "try-flags",
          "try-move", "try-ptrace", "try-prctl",  "try-io-uring" };
  WorkerFixture self;
  int           pid;

  worker_fixture_set_up (&self, &WORKER_LONG);
  pid = worker_fixture_assert_works (&self);
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_assert_null (worker_fixture_load (&self, attempts[i]));
      g_assert_error (self.error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_FAILED);
      g_assert_cmpstr (self.error->message, ==, g_strerror (EPERM));
    }
  g_assert_cmpint (worker_fixture_assert_works (&self), ==, pid);
  worker_fixture_tear_down (&self);
}

static void
test_priority_and_limits (void)
{
  const int        own = getpriority (PRIO_PROCESS, 0);
  WorkerFixture    self;
  struct rlimit    limit;
  int              pid;
  g_autofree char *path = NULL;
  g_autofree char *score = NULL;

  worker_fixture_set_up (&self, &WORKER_LONG);
  pid = worker_fixture_assert_works (&self);
  g_assert_cmpint (getpriority (PRIO_PROCESS, (id_t)pid), >=, 10);
  g_assert_cmpint (getpriority (PRIO_PROCESS, 0), ==, own);
  g_assert_cmpint (prlimit (pid, RLIMIT_CORE, NULL, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_max, ==, 0);
  g_assert_cmpint (prlimit (pid, RLIMIT_NOFILE, NULL, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_max, <=, 256);
  g_assert_cmpint (prlimit (pid, RLIMIT_FSIZE, NULL, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_max, !=, RLIM_INFINITY);
#ifndef ZAB_SANITIZING
  g_assert_cmpint (prlimit (pid, RLIMIT_DATA, NULL, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_max, ==, 512 << 20);
#endif
  path = g_strdup_printf ("/proc/%d/oom_score_adj", pid);
  g_assert_true (g_file_get_contents (path, &score, NULL, NULL));
  g_assert_cmpstr (score, ==, "1000\n");
  worker_fixture_tear_down (&self);
}

/* 10 s, and 1 s for each 10 MB. */
static void
test_patience (void)
{
  const ZabWorkerPatience *patience = &ZAB_WORKER_PATIENCE;

  g_assert_cmpint (zab_worker_patience_for (patience, 0), ==, 10 * G_USEC_PER_SEC);
  g_assert_cmpint (zab_worker_patience_for (patience, 10000000), ==, 11 * G_USEC_PER_SEC);
  g_assert_cmpint (zab_worker_patience_for (patience, 1000000000), ==, 110 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/engine/worker/exact", test_exact);
  zab_test_add ("/engine/worker/mono", test_mono);
  zab_test_add ("/engine/worker/beginning", test_beginning);
  zab_test_add ("/engine/worker/long", test_long);
  zab_test_add ("/engine/worker/long-cancel", test_long_cancel);
#ifndef ZAB_SANITIZING
  zab_test_add ("/engine/worker/peak-memory", test_peak_memory);
#endif
  zab_test_add ("/engine/worker/same-as-in-process", test_same_as_in_process);
  zab_test_add ("/engine/worker/pages", test_pages);
  zab_test_add ("/engine/worker/errors", test_errors);
  zab_test_add ("/engine/worker/formats", test_formats);
  zab_test_add ("/engine/worker/budget", test_budget);
  zab_test_add ("/engine/worker/cancel", test_cancel);
  zab_test_add ("/engine/worker/cancel-at-start", test_cancel_at_start);
  zab_test_add ("/engine/worker/cancel-too-late", test_cancel_too_late);
  zab_test_add ("/engine/worker/sandbox", test_sandbox);
  zab_test_add ("/engine/worker/priority-and-limits", test_priority_and_limits);
  zab_test_add ("/engine/worker/patience", test_patience);
  return g_test_run ();
}
