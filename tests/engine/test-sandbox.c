/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sandbox's two halves, each alone in a process of its own: where the kernel lacks one, the
 * other holds. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "engine/worker/zab-landlock.h"
#include "engine/worker/zab-seccomp.h"
#include "lib/zab-test.h"

/* Exits with 0 if it did not work for that reason. */
G_NORETURN static void
expect_refused (int result, int code)
{
  _exit (result == -1 && errno == code ? 0 : 1);
}

static void
landlock_refuses (int (*attempt) (void))
{
  g_assert_cmpint (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), ==, 0);
  if (zab_landlock_enter () > 0)
    expect_refused (attempt (), EACCES);
  _exit (0); /* a kernel without it: nothing is claimed */
}

static void
seccomp_refuses (int (*attempt) (void))
{
  g_assert_cmpint (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), ==, 0);
  g_assert_true (zab_seccomp_enter (getpid ()));
  expect_refused (attempt (), EPERM);
}

static int
try_open (void)
{
  return open ("/etc/passwd", O_RDONLY);
}

static int
try_list (void)
{
  return open ("/", O_RDONLY | O_DIRECTORY);
}

static int
try_create (void)
{
  return open ("/tmp/zab-test-sandbox", O_WRONLY | O_CREAT, 0600);
}

static int
try_exec (void)
{
  char *const arguments[] = { (char *)"/bin/true", NULL };

  return execve (arguments[0], arguments, NULL);
}

static int
try_socket (void)
{
  return socket (AF_UNIX, SOCK_STREAM, 0);
}

static int
try_fork (void)
{
  return fork ();
}

/* Not even to ask whether it could be killed. */
static int
try_kill (void)
{
  return (int)syscall (SYS_tgkill, getppid (), getppid (), 0);
}

/* A signal, and to whom, when something is written: not by way of a pipe, either. */
static int
try_owner (void)
{
  int ends[2];

  g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
  g_assert_cmpint (fcntl (ends[0], F_GETFD), ==, FD_CLOEXEC);
  return fcntl (ends[0], F_SETOWN, getppid ());
}

static int
move (pid_t thread)
{
  cpu_set_t cores;

  sched_getaffinity (0, sizeof cores, &cores);
  return sched_setaffinity (thread, sizeof cores, &cores);
}

static int
try_move (void)
{
  return move (getppid ());
}

/* Its own thread may be. */
static int
try_move_helper (void)
{
  g_assert_cmpint (move (getpid ()), ==, 0);
  return try_move ();
}

static void
run (void (*refuses) (int (*attempt) (void)), int (*attempt) (void))
{
  if (g_test_subprocess ())
    refuses (attempt);
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

#define CASE(half, what)                                                                           \
  static void test_##half##_##what (void)                                                          \
  {                                                                                                \
    run (half##_refuses, try_##what);                                                              \
  }
CASE (landlock, open)
CASE (landlock, list)
CASE (landlock, create)
CASE (landlock, exec)
CASE (seccomp, open)
CASE (seccomp, create)
CASE (seccomp, exec)
CASE (seccomp, socket)
CASE (seccomp, fork)
CASE (seccomp, kill)
CASE (seccomp, owner)
CASE (seccomp, move)
CASE (seccomp, move_helper)

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/engine/sandbox/landlock/open", test_landlock_open);
  zab_test_add ("/engine/sandbox/landlock/list", test_landlock_list);
  zab_test_add ("/engine/sandbox/landlock/create", test_landlock_create);
  zab_test_add ("/engine/sandbox/landlock/exec", test_landlock_exec);
  zab_test_add ("/engine/sandbox/seccomp/open", test_seccomp_open);
  zab_test_add ("/engine/sandbox/seccomp/create", test_seccomp_create);
  zab_test_add ("/engine/sandbox/seccomp/exec", test_seccomp_exec);
  zab_test_add ("/engine/sandbox/seccomp/socket", test_seccomp_socket);
  zab_test_add ("/engine/sandbox/seccomp/fork", test_seccomp_fork);
  zab_test_add ("/engine/sandbox/seccomp/kill", test_seccomp_kill);
  zab_test_add ("/engine/sandbox/seccomp/owner", test_seccomp_owner);
  zab_test_add ("/engine/sandbox/seccomp/move", test_seccomp_move);
  zab_test_add ("/engine/sandbox/seccomp/move-helper", test_seccomp_move_helper);
  return g_test_run ();
}
