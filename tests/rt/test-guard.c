/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guard's own test: what it must catch, and what it must not. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "lib/zab-rt-guard.h"
#include "lib/zab-test.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static GMutex          g_mutex;
static char           *fresh; /* pages that nobody has touched */
static void *volatile block;
static volatile float sum;

static void
do_clean (void)
{
  struct timespec time;

  for (int i = 0; i < 1000; i++)
    sum = sum + (float)i;
  clock_gettime (CLOCK_MONOTONIC, &time); /* answered without the kernel */
}

static void
do_malloc (void)
{
  block = malloc (10);
}

static void
do_free (void)
{
  free (block);
}

static void
do_pthread_mutex (void)
{
  pthread_mutex_lock (&mutex);
  pthread_mutex_unlock (&mutex);
}

static void
do_g_mutex (void)
{
  g_mutex_lock (&g_mutex);
  g_mutex_unlock (&g_mutex);
}

static void
do_g_strdup (void)
{
  g_free (g_strdup ("text"));
}

static gboolean
on_idle (gpointer data)
{
  return G_SOURCE_REMOVE;
}

static void
do_idle (void)
{
  g_idle_add (on_idle, NULL);
}

static void
do_printf (void)
{
  fprintf (stderr, "# %s\n", "from the section");
}

static void
do_usleep (void)
{
  usleep (1);
}

static void
do_write (void)
{
  if (write (STDERR_FILENO, "", 0) < 0)
    abort ();
}

static void
do_inlined_system_call (void)
{
#ifdef __x86_64__
  long result;

  __asm__ volatile("syscall" : "=a"(result) : "a"(SYS_getppid) : "rcx", "r11", "memory");
#else
  syscall (SYS_getppid);
#endif
}

static void
do_mmap (void)
{
  void *page = mmap (NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  munmap (page, 4096);
}

static void
do_page_fault (void)
{
  fresh[0] = 1;
  fresh[4 * 4096] = 1;
}

typedef struct
{
  const char *name;
  void (*body) (void);
  ZabRtGuardKind kind;
  guint          count;
} Case;

static const Case cases[] = {
  { "malloc", do_malloc, ZAB_RT_GUARD_ALLOCATE, 1 },
  { "free", do_free, ZAB_RT_GUARD_FREE, 1 },
  { "pthread-mutex", do_pthread_mutex, ZAB_RT_GUARD_LOCK, 2 },
  { "g-mutex", do_g_mutex, ZAB_RT_GUARD_LOCK, 2 },
  { "g-strdup", do_g_strdup, ZAB_RT_GUARD_ALLOCATE, 1 },
  { "idle", do_idle, ZAB_RT_GUARD_GLIB, 1 },
  { "printf", do_printf, ZAB_RT_GUARD_STDIO, 1 },
  { "usleep", do_usleep, ZAB_RT_GUARD_SLEEP, 1 },
  { "page-fault", do_page_fault, ZAB_RT_GUARD_PAGE_FAULT, 2 },
#ifdef __x86_64__
  { "write", do_write, ZAB_RT_GUARD_SYSTEM_CALL, 1 },
  { "inlined-system-call", do_inlined_system_call, ZAB_RT_GUARD_SYSTEM_CALL, 1 },
  { "mmap", do_mmap, ZAB_RT_GUARD_SYSTEM_CALL, 1 },
  { "usleep-system-call", do_usleep, ZAB_RT_GUARD_SYSTEM_CALL, 1 },
#endif
};

static ZabRtGuardReport
guard (void (*body) (void))
{
  zab_rt_guard_enter ();
  zab_rt_guard_leave ();
  zab_rt_guard_reset ();
  zab_rt_guard_enter ();
  body ();
  zab_rt_guard_leave ();
  return zab_rt_guard_get_report ();
}

static void
test_caught (gconstpointer data)
{
  const Case      *self = data;
  ZabRtGuardReport report = guard (self->body);

  g_assert_cmpuint (report.sections, ==, 1);
  g_assert_cmpuint (report.counts[self->kind], ==, self->count);
  g_assert_false (zab_rt_guard_is_clean ());
}

static void
test_clean (void)
{
  ZabRtGuardReport report;

  do_clean ();
  report = guard (do_clean);
  g_assert_cmpuint (report.sections, ==, 1);
  g_assert_true (zab_rt_guard_is_clean ());
}

/* A test that guards nothing by mistake must not pass. */
static void
test_nothing_guarded (void)
{
  zab_rt_guard_reset ();
  g_assert_false (zab_rt_guard_is_clean ());
}

/* Other threads, and this one outside of a section, may do as they like. */
static gpointer
allocate_elsewhere (gpointer data)
{
  do_malloc ();
  do_free ();
  do_g_mutex ();
  do_write ();
  return NULL;
}

static gboolean volatile go_on;

static gpointer
hold_section (gpointer data)
{
  gboolean volatile *inside = data;

  zab_rt_guard_enter ();
  *inside = TRUE;
  while (!go_on)
    ;
  zab_rt_guard_leave ();
  return NULL;
}

static void
test_other_threads (void)
{
  gboolean volatile inside = FALSE;
  GThread *holder;

  zab_rt_guard_reset ();
  holder = g_thread_new ("section", hold_section, (gpointer)&inside);
  while (!inside)
    g_thread_yield ();
  g_thread_join (g_thread_new ("other", allocate_elsewhere, NULL));
  allocate_elsewhere (NULL);
  go_on = TRUE;
  g_thread_join (holder);
  g_assert_true (zab_rt_guard_is_clean ());
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  fresh = mmap (NULL, 64 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  madvise (fresh, 64 * 4096, MADV_NOHUGEPAGE);
  zab_test_add ("/rt/guard/clean", test_clean);
  zab_test_add ("/rt/guard/nothing-guarded", test_nothing_guarded);
  zab_test_add ("/rt/guard/other-threads", test_other_threads);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rt/guard/caught/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_caught);
    }
  return g_test_run ();
}
