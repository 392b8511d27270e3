/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/worker/zab-sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "engine/worker/zab-landlock.h"
#include "engine/worker/zab-seccomp.h"

enum
{
  NICE = 10,
  MAX_FILES = 256 /* two for each chain of elements that waits, of 44 at most; and what is loaded */
};

static const guint64 MAX_HEAP = 512 << 20; /* of the codecs; samples are memfds and not in it */

/* Shadow memory is terabytes of address space. */
#ifdef ZAB_SANITIZING
static const gboolean LIMIT_HEAP = FALSE;
#else
static const gboolean LIMIT_HEAP = TRUE;
#endif

void
zab_sandbox_lower_priority (void)
{
  const int fd = open ("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

  if (setpriority (PRIO_PROCESS, 0, NICE) < 0)
    g_debug ("no nice value: %s", g_strerror (errno));
  if (fd < 0)
    return;
  if (write (fd, "1000", 4) < 0)
    g_debug ("no oom_score_adj: %s", g_strerror (errno));
  close (fd);
}

static void
limit (int resource, guint64 value)
{
  const struct rlimit limit = { value, value };

  if (setrlimit ((__rlimit_resource_t)resource, &limit) < 0)
    g_debug ("no limit %d: %s", resource, g_strerror (errno));
}

static void
set_limits (void)
{
  const guint64 machine = (guint64)sysconf (_SC_PHYS_PAGES) * (guint64)sysconf (_SC_PAGESIZE);

  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_NOFILE, MAX_FILES);
  limit (RLIMIT_FSIZE, machine); /* of a memfd; the exact budget is asked for */
  if (LIMIT_HEAP)
    limit (RLIMIT_DATA, MAX_HEAP);
}

ZabSandbox
zab_sandbox_enter (int (*start_helper) (void))
{
  ZabSandbox self = { 0 };

  set_limits ();
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
    return self;
  self.landlock = zab_landlock_enter ();
  self.seccomp = zab_seccomp_enter (start_helper ());
  return self;
}
