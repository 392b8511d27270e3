/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/worker/zab-worker-process.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "engine/worker/zab-load-worker.h"

/* How long a process that has been killed is waited for: a second. */
enum
{
  STOP_TRIES = 2000,
  STOP_INTERVAL = 500 /* µs */
};

static int
spawn (const char *program, int socket, pid_t *pid)
{
  char *const                arguments[] = { (char *)program, NULL };
  posix_spawn_file_actions_t files;
  posix_spawnattr_t          attributes;
  sigset_t                   none;
  sigset_t                   all;
  int                        code;

  sigemptyset (&none);
  sigfillset (&all);
  posix_spawn_file_actions_init (&files);
  posix_spawn_file_actions_addopen (&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2 (&files, socket, ZAB_LOAD_WORKER_SOCKET);
  posix_spawnattr_init (&attributes);
  posix_spawnattr_setflags (&attributes,
                            POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  posix_spawnattr_setpgroup (&attributes, 0);
  posix_spawnattr_setsigmask (&attributes, &none);
  posix_spawnattr_setsigdefault (&attributes, &all);
  code = posix_spawn (pid, program, &files, &attributes, arguments, environ);
  posix_spawnattr_destroy (&attributes);
  posix_spawn_file_actions_destroy (&files);
  return code;
}

gboolean
zab_worker_process_start (ZabWorkerProcess *self, const char *program, GError **error)
{
  int   pair[2] = { -1, -1 };
  pid_t pid = 0;
  int   code = 0;

  *self = (ZabWorkerProcess){ .socket = -1 };
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
    code = errno;
  else
    {
      code = spawn (program, pair[1], &pid);
      close (pair[1]);
    }
  if (code == 0)
    {
      *self = (ZabWorkerProcess){ .pid = pid, .socket = pair[0] };
      return TRUE;
    }
  if (pair[0] >= 0)
    close (pair[0]);
  g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (code), "%s: %s", program,
               g_strerror (code));
  return FALSE;
}

gint64
zab_worker_process_get_work (const ZabWorkerProcess *self)
{
  clockid_t       clock;
  struct timespec time;

  if (self->pid == 0 || clock_getcpuclockid (self->pid, &clock) != 0
      || clock_gettime (clock, &time) < 0)
    return 0;
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Whether it is gone; with WNOHANG nobody waits for that. */
static gboolean
reap (pid_t pid, int options)
{
  int   status = 0;
  pid_t result;

  do
    result = waitpid (pid, &status, options);
  while (result < 0 && errno == EINTR);
  if (result > 0 && WIFSIGNALED (status) && WTERMSIG (status) != SIGKILL)
    g_debug ("a load worker was ended by %s", g_strsignal (WTERMSIG (status)));
  return result != 0;
}

static gpointer
reap_in_thread (gpointer data)
{
  reap (GPOINTER_TO_INT (data), 0);
  return NULL;
}

/* One that waits in the kernel, for a disk that does not answer, dies when that lets it go. */
void
zab_worker_process_stop (ZabWorkerProcess *self)
{
  gboolean gone = FALSE;

  if (self->pid == 0)
    return;
  close (self->socket);
  kill (self->pid, SIGKILL);
  for (guint i = 0; i < STOP_TRIES && !gone; i++)
    {
      gone = reap (self->pid, WNOHANG);
      if (!gone)
        g_usleep (STOP_INTERVAL);
    }
  if (!gone)
    g_thread_unref (g_thread_new ("reap", reap_in_thread, GINT_TO_POINTER (self->pid)));
  *self = (ZabWorkerProcess){ .socket = -1 };
}
