/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-helper.h"

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct
{
  GMutex        lock; /* over all below */
  GCond         changed;
  gboolean      is_made;
  int           id;   /* 0: it has not begun yet */
  ZabHelperFunc func; /* NULL: nothing to do */
  gpointer      data;
} helper;

static gpointer
help (gpointer data)
{
  g_mutex_lock (&helper.lock);
  helper.id = (int)syscall (SYS_gettid);
  g_cond_broadcast (&helper.changed);
  while (TRUE)
    {
      while (helper.func == NULL)
        g_cond_wait (&helper.changed, &helper.lock);
      g_mutex_unlock (&helper.lock);
      helper.func (helper.data);
      g_mutex_lock (&helper.lock);
      helper.func = NULL;
    }
  return NULL;
}

int
zab_helper_start (void)
{
  int id;

  g_mutex_lock (&helper.lock);
  if (!helper.is_made)
    g_thread_unref (g_thread_new ("help", help, NULL));
  helper.is_made = TRUE;
  while (helper.id == 0)
    g_cond_wait (&helper.changed, &helper.lock);
  id = helper.id;
  g_mutex_unlock (&helper.lock);
  return id;
}

/* FALSE: there is one core. Where the kernel refuses, it finds one by itself, sooner or later. */
static gboolean
send_to_other_cores (int thread)
{
  cpu_set_t cores;
  const int here = sched_getcpu ();

  if (sched_getaffinity (0, sizeof cores, &cores) < 0 || CPU_COUNT (&cores) < 2)
    return FALSE;
  if (here >= 0)
    CPU_CLR ((gsize)here, &cores);
  if (sched_setaffinity (thread, sizeof cores, &cores) < 0)
    g_debug ("the helper stays on its core");
  return TRUE;
}

gboolean
zab_helper_run (ZabHelperFunc func, gpointer data)
{
  const int thread = zab_helper_start ();
  gboolean  is_free;

  g_mutex_lock (&helper.lock);
  is_free = helper.func == NULL && send_to_other_cores (thread);
  if (is_free)
    {
      helper.func = func;
      helper.data = data;
    }
  g_mutex_unlock (&helper.lock);
  if (is_free)
    g_cond_signal (&helper.changed);
  return is_free;
}
