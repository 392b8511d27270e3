/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-test-faults.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* An interposed function can reach nothing but globals. */
static _Thread_local struct
{
  gboolean     armed;
  ZabTestFault kind;
  guint        left; /* calls until the chosen one; 0: it is over */
  guint        n_calls;
  int          number;
} faults;

void
zab_test_faults_arm (ZabTestFault kind, guint nth, int number)
{
  faults.kind = kind;
  faults.left = nth;
  faults.n_calls = 0;
  faults.number = number;
  faults.armed = TRUE;
}

guint
zab_test_faults_disarm (gboolean *hit)
{
  faults.armed = FALSE;
  if (hit != NULL)
    *hit = faults.left == 0;
  return faults.n_calls;
}

/* Whether this call is the chosen one. */
static gboolean
is_chosen (ZabTestFault kind)
{
  if (!faults.armed || (faults.kind != ZAB_TEST_FAULT_ANY && faults.kind != kind))
    return FALSE;
  faults.n_calls++;
  return faults.left > 0 && --faults.left == 0;
}

static int
fail (void)
{
  if (faults.number == 0)
    kill (getpid (), SIGKILL);
  errno = faults.number;
  return -1;
}

int
open (const char *path, int flags, ...)
{
  va_list arguments;
  int     mode;

  va_start (arguments, flags);
  mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg (arguments, int) : 0;
  va_end (arguments);
  if (is_chosen (ZAB_TEST_FAULT_OPEN))
    return fail ();
  return (int)syscall (SYS_openat, AT_FDCWD, path, flags, mode);
}

ssize_t
write (int fd, const void *data, size_t length)
{
  if (is_chosen (ZAB_TEST_FAULT_WRITE))
    {
      syscall (SYS_write, fd, data, length / 2);
      return fail ();
    }
  return syscall (SYS_write, fd, data, length);
}

int
fsync (int fd)
{
  if (is_chosen (ZAB_TEST_FAULT_FSYNC))
    return fail ();
  if (faults.armed && faults.number == 0)
    return 0; /* what is written survives the process; only a power cut needs the disk */
  return (int)syscall (SYS_fsync, fd);
}

int
rename (const char *from, const char *to)
{
  if (is_chosen (ZAB_TEST_FAULT_RENAME))
    return fail ();
  return (int)syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* The kernel closes it in any case. */
int
close (int fd)
{
  const gboolean chosen = is_chosen (ZAB_TEST_FAULT_CLOSE);
  const int      result = (int)syscall (SYS_close, fd);

  return chosen ? fail () : result;
}
