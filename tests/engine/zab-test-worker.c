/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A load worker, sandbox and all, that does what the name of the file says: crash, hang, lie, try
 * to break out. Other files it loads. What it has to tell comes back as the text of an error. */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "engine/load/zab-load-error.h"
#include "engine/worker/zab-load-worker.h"
#include "engine/worker/zab-wire.h"
#include "lib/zab-test.h"

enum
{
  LIE_FRAMES = 1024, /* a page of mono */
  PAGE = 4096
};

static const int SEALS = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

/* Loads are numbered from 1 on. */
static guint32 n_loads;

/* --- Misbehaviour ---------------------------------------------------------------------------- */

G_NORETURN static void
hang (void)
{
  while (TRUE)
    poll (NULL, 0, -1);
}

/* Busy, and never done: always the same progress. */
G_NORETURN static void
creep (ZabLoadProgressFunc progress, gpointer user_data)
{
  while (TRUE)
    {
      progress (ZAB_LOAD_STAGE_DECODING, 0.5, user_data);
      poll (NULL, 0, 1);
    }
}

G_NORETURN static void
spin (ZabLoadProgressFunc progress, gpointer user_data)
{
  while (TRUE)
    progress (ZAB_LOAD_STAGE_DECODING, 0.5, user_data);
}

G_NORETURN static void
eat (void)
{
  while (TRUE)
    g_malloc (1 << 20);
}

static void
wait_for_cancel (ZabLoadProgressFunc progress, gpointer user_data, GCancellable *cancellable)
{
  while (!g_cancellable_is_cancelled (cancellable))
    {
      progress (ZAB_LOAD_STAGE_DECODING, 0.25, user_data);
      poll (NULL, 0, 1);
    }
}

/* --- Attempts to break out ------------------------------------------------------------------- */

static int
try_fork (void)
{
  const int pid = fork ();

  if (pid == 0)
    _exit (EXIT_SUCCESS);
  return pid;
}

static int
try_exec (void)
{
  char *const arguments[] = { (char *)"/bin/true", NULL };

  return execve (arguments[0], arguments, NULL);
}

static int
try_to_break_out (const char *name)
{
  errno = 0;
  if (g_str_equal (name, "try-open"))
    return open ("/etc/passwd", O_RDONLY);
  if (g_str_equal (name, "try-create"))
    return open ("/tmp/zab-test-worker", O_RDWR | O_CREAT, 0600);
  if (g_str_equal (name, "try-unlink"))
    return unlink ("/tmp/zab-test-worker");
  if (g_str_equal (name, "try-socket"))
    return socket (AF_INET, SOCK_STREAM, 0);
  if (g_str_equal (name, "try-socketpair"))
    return socketpair (AF_TIPC, SOCK_STREAM, 0, (int[2]){ 0 });
  if (g_str_equal (name, "try-exec"))
    return try_exec ();
  if (g_str_equal (name, "try-fork"))
    return try_fork ();
  if (g_str_equal (name, "try-kill"))
    return (int)syscall (SYS_kill, getpid (), 0);
  if (g_str_equal (name, "try-tgkill"))
    return (int)syscall (SYS_tgkill, getppid (), getppid (), 0);
  if (g_str_equal (name, "try-owner"))
    return fcntl (ZAB_LOAD_WORKER_SOCKET, F_SETOWN, getppid ());
  if (g_str_equal (name, "try-signal"))
    return fcntl (ZAB_LOAD_WORKER_SOCKET, F_SETSIG, SIGKILL);
  if (g_str_equal (name, "try-flags"))
    return fcntl (STDERR_FILENO, F_SETFL, O_NONBLOCK | O_ASYNC);
  if (g_str_equal (name, "try-move"))
    return sched_setaffinity (getpid (), sizeof (cpu_set_t), &(cpu_set_t){ 0 });
  if (g_str_equal (name, "try-ptrace"))
    return (int)syscall (SYS_ptrace, 0, 0, 0, 0);
  if (g_str_equal (name, "try-prctl"))
    return (int)syscall (SYS_prctl, 4, 1, 0, 0, 0);
  if (g_str_equal (name, "try-io-uring"))
    return (int)syscall (SYS_io_uring_setup, 1, NULL);
  return 0;
}

static void
set_result (GError **error, int result)
{
  g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_FAILED, "%s",
               result == -1 ? g_strerror (errno) : "it worked");
}

/* --- Lies ------------------------------------------------------------------------------------ */

static int
make_memfd (gsize size, int seals, float value)
{
  const int         fd = memfd_create ("lie", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  g_autofree float *frames = g_new (float, size / sizeof (float));

  for (gsize i = 0; i < size / sizeof (float); i++)
    frames[i] = value;
  if (write (fd, frames, size) != (gssize)size || fcntl (fd, F_ADD_SEALS, seals) < 0)
    _exit (EXIT_FAILURE);
  return fd;
}

static void
say (ZabWireMessage *message, int fd)
{
  zab_wire_send (ZAB_LOAD_WORKER_SOCKET, message, fd, TRUE);
}

/* What would be true if it were sealed, finite and reserved. */
static void
init_success (ZabWireMessage *message)
{
  zab_wire_message_init (message, ZAB_WIRE_SUCCESS, n_loads, NULL);
  message->success.n_frames = LIE_FRAMES;
  message->success.channels = 1;
  message->success.source_rate = 48000;
}

static void
lie_about_numbers (const char *name)
{
  ZabWireMessage message;

  init_success (&message);
  if (g_str_equal (name, "lie-frames"))
    message.success.n_frames = 2 * LIE_FRAMES;
  else if (g_str_equal (name, "lie-fewer-frames"))
    message.success.n_frames = 0;
  else if (g_str_equal (name, "lie-huge-frames"))
    message.success.n_frames = G_MAXUINT64 / 4 + 1;
  else if (g_str_equal (name, "lie-channels"))
    message.success.channels = 3;
  else if (g_str_equal (name, "lie-no-channels"))
    message.success.channels = 0;
  else if (g_str_equal (name, "lie-load"))
    message.load = n_loads + 1;
  else if (g_str_equal (name, "lie-duration"))
    message.success.file_duration = (double)INFINITY;
  else if (g_str_equal (name, "lie-tempo"))
    message.success.tempo = (double)NAN;
  say (&message, make_memfd (PAGE, SEALS, 0.5f));
}

/* All true, but nobody was asked. */
static void
lie_about_budget (void)
{
  const gsize    size = ZAB_WIRE_CREDIT + PAGE;
  ZabWireMessage message;

  init_success (&message);
  message.success.n_frames = size / sizeof (float);
  say (&message, make_memfd (size, SEALS, 0.5f));
}

static void
lie_about_memory (const char *name)
{
  ZabWireMessage message;
  int            fd = -1;

  init_success (&message);
  if (g_str_equal (name, "lie-unsealed"))
    fd = make_memfd (PAGE, 0, 0.5f);
  else if (g_str_equal (name, "lie-writable"))
    fd = make_memfd (PAGE, SEALS & ~F_SEAL_WRITE, 0.5f);
  else if (g_str_equal (name, "lie-shrinking"))
    fd = make_memfd (PAGE, SEALS & ~F_SEAL_SHRINK, 0.5f);
  else if (g_str_equal (name, "lie-size"))
    fd = make_memfd (2 * PAGE, SEALS, 0.5f);
  else if (g_str_equal (name, "lie-nan"))
    fd = make_memfd (PAGE, SEALS, NAN);
  else if (g_str_equal (name, "lie-device"))
    fd = STDIN_FILENO;
  else if (g_str_equal (name, "lie-socket"))
    fd = ZAB_LOAD_WORKER_SOCKET;
  say (&message, fd);
}

/* More than the credit. Room for them has been asked for, but by one. */
static void
lie_about_parts (const char *name)
{
  const int      seals = g_str_equal (name, "lie-part-unsealed") ? 0 : SEALS;
  const gsize    size = g_str_equal (name, "lie-part-size") ? PAGE : ZAB_SAMPLE_PART;
  const float    value = g_str_equal (name, "lie-part-nan") ? NAN : 0.5f;
  ZabWireMessage message;

  zab_wire_message_init (&message, ZAB_WIRE_RESERVE, n_loads, NULL);
  message.n_bytes = 2 * ZAB_WIRE_CREDIT;
  if (!g_str_equal (name, "lie-part-unasked"))
    say (&message, -1);
  zab_wire_message_init (&message, ZAB_WIRE_PART, n_loads, NULL);
  for (guint i = 0; i <= ZAB_WIRE_CREDIT / ZAB_SAMPLE_PART; i++)
    say (&message, g_str_equal (name, "lie-part-nothing") ? -1 : make_memfd (size, seals, value));
  init_success (&message); /* of one page, and there is more */
  say (&message, make_memfd (PAGE, SEALS, 0.5f));
}

static void
lie_about_words (const char *name)
{
  ZabWireMessage message;

  zab_wire_message_init (&message, ZAB_WIRE_ERROR, n_loads, "words");
  if (g_str_equal (name, "lie-empty"))
    message.text[0] = '\0';
  else if (g_str_equal (name, "lie-code"))
    message.error_code = 1000;
  else if (g_str_equal (name, "lie-type"))
    message.type = ZAB_WIRE_GRANT;
  else if (g_str_equal (name, "lie-unknown-type"))
    message.type = ZAB_WIRE_N_TYPES;
  else if (g_str_equal (name, "lie-text"))
    message.text[0] = (char)0xff, message.text[1] = '\0';
  else if (g_str_equal (name, "lie-fraction"))
    message.type = ZAB_WIRE_PROGRESS, message.progress.fraction = (double)NAN;
  else if (g_str_equal (name, "lie-stage"))
    message.type = ZAB_WIRE_PROGRESS, message.progress.stage = 99;
  say (&message, -1);
}

/* A page of the budget, so that only what is meant is wrong. */
static void
reserve_a_page (void)
{
  ZabWireMessage message;

  zab_wire_message_init (&message, ZAB_WIRE_RESERVE, n_loads, NULL);
  message.n_bytes = PAGE;
  say (&message, -1);
}

/* The truth, and then something more. */
G_NORETURN static void
speak_unasked (void)
{
  ZabWireMessage message;

  init_success (&message);
  say (&message, make_memfd (PAGE, SEALS, 0.5f));
  say (&message, -1);
  hang ();
}

static void
send_a_byte (void)
{
  char          byte = 0;
  struct iovec  data = { &byte, 1 };
  struct msghdr packet = { .msg_iov = &data, .msg_iovlen = 1 };

  sendmsg (ZAB_LOAD_WORKER_SOCKET, &packet, MSG_NOSIGNAL);
}

G_NORETURN static void
lie (const char *name)
{
  static const char *const NUMBERS[] = { "lie-frames",   "lie-fewer-frames", "lie-huge-frames",
                                         "lie-channels", "lie-no-channels",  "lie-load",
                                         "lie-duration", "lie-tempo",        NULL };
  static const char *const WORDS[] = { "lie-code",     "lie-type",  "lie-unknown-type", "lie-text",
                                       "lie-fraction", "lie-stage", "lie-empty",        NULL };

  if (g_str_equal (name, "lie-budget"))
    {
      lie_about_budget ();
      hang ();
    }
  reserve_a_page ();
  if (g_strv_contains (NUMBERS, name))
    lie_about_numbers (name);
  else if (g_strv_contains (WORDS, name))
    lie_about_words (name);
  else if (g_str_has_prefix (name, "lie-part"))
    lie_about_parts (name);
  else if (g_str_equal (name, "lie-short"))
    send_a_byte ();
  else
    lie_about_memory (name);
  hang ();
}

/* --------------------------------------------------------------------------------------------- */

static ZabSampleBuffer *
misbehave (int fd, const char *name, const ZabLoadSpec *spec, ZabSamplePartFunc hand_over,
           ZabLoadProgressFunc progress, gpointer user_data, GCancellable *cancellable,
           ZabLoaderSuccess *success, GError **error)
{
  n_loads++;
  if (g_str_has_prefix (name, "try-"))
    {
      set_result (error, try_to_break_out (name));
      return NULL;
    }
  if (g_str_has_prefix (name, "lie-"))
    lie (name);
  if (g_str_equal (name, "speak-unasked"))
    speak_unasked ();
  if (g_str_equal (name, "crash"))
    abort ();
  if (g_str_equal (name, "exit"))
    _exit (EXIT_SUCCESS);
  if (g_str_equal (name, "hang"))
    hang ();
  if (g_str_equal (name, "freeze"))
    raise (SIGSTOP);
  if (g_str_equal (name, "creep"))
    creep (progress, user_data);
  if (g_str_equal (name, "spin"))
    spin (progress, user_data);
  if (g_str_equal (name, "eat"))
    eat ();
  if (g_str_equal (name, "wait"))
    wait_for_cancel (progress, user_data, cancellable);
  return zab_load_fd (fd, name, spec, hand_over, progress, user_data, cancellable, success, error);
}

/* Says that it is ready, and hears nothing. */
G_NORETURN static void
be_deaf (void)
{
  ZabWireMessage message;

  shutdown (ZAB_LOAD_WORKER_SOCKET, SHUT_RD);
  zab_wire_message_init (&message, ZAB_WIRE_READY, 0, NULL);
  message.ready.version = ZAB_WIRE_VERSION;
  say (&message, -1);
  _exit (EXIT_SUCCESS);
}

int
main (int argc, char **argv)
{
  if (g_getenv ("ZAB_TEST_WORKER_IS_DEAF") != NULL)
    be_deaf ();
  zab_load_worker_run (misbehave);
}
