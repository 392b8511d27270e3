/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/worker/zab-seccomp.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Little-endian machines: the low word of an argument comes first. */
#if defined(__x86_64__) && defined(__LP64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#endif

#ifdef ARCHITECTURE

/* What decoding, GLib, GStreamer and the C library do with what is already open. No path, no
 * socket (), no process; prctl () and ioctl () can do too much to be here. */
static const int allowed[] = {
  /* memory */
  SYS_brk,
  SYS_madvise,
  SYS_membarrier,
  SYS_memfd_create,
  SYS_mmap,
  SYS_mprotect,
  SYS_mremap,
  SYS_munmap,
  /* what is open */
  SYS_close,
  SYS_dup,
  SYS_eventfd2,
  SYS_fallocate,
  SYS_fstat,
  SYS_ftruncate,
  SYS_lseek,
  SYS_pipe2,
  SYS_ppoll,
  SYS_pread64,
  SYS_read,
  SYS_recvmsg,
  SYS_sendmsg,
  SYS_write,
  SYS_writev,
  /* time */
  SYS_clock_getres,
  SYS_clock_gettime,
  SYS_clock_nanosleep,
  SYS_gettimeofday,
  SYS_nanosleep,
  /* threads, signals, and who one is */
  SYS_exit,
  SYS_exit_group,
  SYS_futex,
  SYS_getpid,
  SYS_getrandom,
  SYS_getrusage,
  SYS_gettid,
  SYS_restart_syscall,
  SYS_rt_sigaction,
  SYS_rt_sigprocmask,
  SYS_rt_sigreturn,
  SYS_sched_getaffinity,
  SYS_sched_yield,
  SYS_set_robust_list,
  SYS_sigaltstack,
  SYS_sysinfo,
  SYS_uname,
#ifdef SYS_poll
  SYS_poll,
#endif
#ifdef SYS_rseq
  SYS_rseq,
#endif
};

/* Of fcntl (). Not who is sent which signal when something comes: that reaches any process of the
 * user's. Nor the flags of files that the program has open, too. */
static const int commands[]
    = { F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_ADD_SEALS, F_GET_SEALS };

enum
{
  /* architecture and number 4, clone3 2, fcntl 3, five with an argument 25, the last word 1 */
  MAX_LENGTH = 35 + 2 * (G_N_ELEMENTS (allowed) + G_N_ELEMENTS (commands))
};

typedef struct
{
  struct sock_filter code[MAX_LENGTH];
  unsigned short     length;
} Program;

static void
add (Program *self, guint16 code, guint32 value, guint8 if_true, guint8 if_false)
{
  self->code[self->length++] = (struct sock_filter){ code, if_true, if_false, value };
}

static void
add_load (Program *self, gsize offset)
{
  add (self, BPF_LD | BPF_W | BPF_ABS, (guint32)offset, 0, 0);
}

static void
add_return (Program *self, guint32 value)
{
  add (self, BPF_RET | BPF_K, value, 0, 0);
}

/* Returns @value where the number is @call. */
static void
add_case (Program *self, int call, guint32 value)
{
  add (self, BPF_JMP | BPF_JEQ | BPF_K, (guint32)call, 0, 1);
  add_return (self, value);
}

static void
add_load_argument (Program *self, guint argument)
{
  add_load (self, G_STRUCT_OFFSET (struct seccomp_data, args) + argument * sizeof (guint64));
}

/* Allows @call where its argument is @value (BPF_JEQ) or has that bit (BPF_JSET). */
static void
add_argument_case (Program *self, int call, guint argument, guint16 test, guint32 value)
{
  add (self, BPF_JMP | BPF_JEQ | BPF_K, (guint32)call, 0, 4);
  add_load_argument (self, argument);
  add (self, BPF_JMP | test | BPF_K, value, 0, 1);
  add_return (self, SECCOMP_RET_ALLOW);
  add_return (self, SECCOMP_RET_ERRNO | EPERM);
}

static void
add_fcntl_case (Program *self)
{
  add (self, BPF_JMP | BPF_JEQ | BPF_K, SYS_fcntl, 0, 2 + 2 * G_N_ELEMENTS (commands));
  add_load_argument (self, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    add_case (self, commands[i], SECCOMP_RET_ALLOW);
  add_return (self, SECCOMP_RET_ERRNO | EPERM);
}

static void
compose (Program *self, int helper)
{
  add_load (self, G_STRUCT_OFFSET (struct seccomp_data, arch));
  add (self, BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
  add_return (self, SECCOMP_RET_KILL_PROCESS);
  add_load (self, G_STRUCT_OFFSET (struct seccomp_data, nr));
  for (gsize i = 0; i < G_N_ELEMENTS (allowed); i++)
    add_case (self, allowed[i], SECCOMP_RET_ALLOW);
  /* Its flags are behind a pointer where no filter looks: the C library asks clone () instead. */
  add_case (self, SYS_clone3, SECCOMP_RET_ERRNO | ENOSYS);
  add_fcntl_case (self);
  add_argument_case (self, SYS_clone, 0, BPF_JSET, CLONE_THREAD);
  /* The C library's fstat (). A path tells what is there, and opens nothing. */
  add_argument_case (self, SYS_newfstatat, 3, BPF_JSET, AT_EMPTY_PATH);
  /* GstBus wakes itself with one; who holds both ends reaches nobody. */
  add_argument_case (self, SYS_socketpair, 0, BPF_JEQ, AF_UNIX);
  add_argument_case (self, SYS_tgkill, 0, BPF_JEQ, (guint32)getpid ());
  add_argument_case (self, SYS_sched_setaffinity, 0, BPF_JEQ, (guint32)helper);
  add_return (self, SECCOMP_RET_ERRNO | EPERM);
}

gboolean
zab_seccomp_enter (int helper)
{
  Program           program = { 0 };
  struct sock_fprog fprog = { .filter = program.code };

  compose (&program, helper);
  fprog.len = program.length;
  return syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &fprog) == 0;
}

#else

gboolean
zab_seccomp_enter (int helper)
{
  return FALSE;
}

#endif
