/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-rt-guard-private.h"

#include <execinfo.h>
#include <inttypes.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef PR_SET_SYSCALL_USER_DISPATCH
#define PR_SET_SYSCALL_USER_DISPATCH 59
#define PR_SYS_DISPATCH_ON           1
#endif

enum
{
  GATE_OPEN = 0,
  GATE_SHUT = 1,
  MAX_CALLERS = 16,
};

/* The first of its kind since the last reset. */
typedef struct
{
  _Atomic (const char *) name;
  int                    number; /* of the system call; -1: none */
  int                    n_callers;
  void                  *callers[MAX_CALLERS];
} Culprit;

#define THREAD_LOCAL __thread __attribute__ ((tls_model ("initial-exec")))

THREAD_LOCAL int                  zab_rt_guard_depth;
static THREAD_LOCAL volatile char gate; /* read by the kernel at each system call */
static THREAD_LOCAL bool          dispatched;
static THREAD_LOCAL struct rusage before;

static atomic_uint_fast64_t n_sections;
static atomic_uint_fast64_t counts[ZAB_RT_GUARD_N_KINDS];
static Culprit              culprits[ZAB_RT_GUARD_N_KINDS];

static const char *const kind_names[ZAB_RT_GUARD_N_KINDS] = {
  [ZAB_RT_GUARD_ALLOCATE] = "allocation",
  [ZAB_RT_GUARD_FREE] = "free",
  [ZAB_RT_GUARD_LOCK] = "lock",
  [ZAB_RT_GUARD_GLIB] = "GLib",
  [ZAB_RT_GUARD_STDIO] = "stdio",
  [ZAB_RT_GUARD_SLEEP] = "sleep",
  [ZAB_RT_GUARD_SYSTEM_CALL] = "system call",
  [ZAB_RT_GUARD_PAGE_FAULT] = "page fault",
  [ZAB_RT_GUARD_WAIT] = "wait",
};

/* Called with the guard off: backtrace () may allocate. */
static void
remember_culprit (ZabRtGuardKind kind, const char *name, int number)
{
  Culprit    *culprit = &culprits[kind];
  const char *nobody = NULL;

  if (!atomic_compare_exchange_strong (&culprit->name, &nobody, name))
    return;
  culprit->number = number;
  culprit->n_callers = backtrace (culprit->callers, MAX_CALLERS);
}

void
zab_rt_guard_count (ZabRtGuardKind kind, const char *culprit)
{
  int  depth = zab_rt_guard_depth;
  char was = gate;

  zab_rt_guard_depth = 0;
  gate = GATE_OPEN;
  atomic_fetch_add (&counts[kind], 1);
  remember_culprit (kind, culprit, -1);
  gate = was;
  zab_rt_guard_depth = depth;
}

#ifdef __x86_64__
/* The system call has not been made. It is made again on return, now that the gate is open. */
static void
on_system_call (int number, siginfo_t *info, void *data)
{
  ucontext_t *context = data;
  int         depth = zab_rt_guard_depth;

  gate = GATE_OPEN;
  zab_rt_guard_depth = 0;
  atomic_fetch_add (&counts[ZAB_RT_GUARD_SYSTEM_CALL], 1);
  remember_culprit (ZAB_RT_GUARD_SYSTEM_CALL, "system call", info->si_syscall);
  zab_rt_guard_depth = depth;
  context->uc_mcontext.gregs[REG_RIP] -= 2; /* the length of the instruction */
  context->uc_mcontext.gregs[REG_RAX] = info->si_syscall;
}

static void
dispatch_system_calls (void)
{
  if (dispatched)
    return;
  if (prctl (PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON, 0, 0, &gate) != 0)
    {
      perror ("zab-rt-guard: the kernel lacks Syscall User Dispatch (5.11)");
      abort ();
    }
  dispatched = true;
}

__attribute__ ((constructor)) static void
set_up (void)
{
  const struct sigaction action
      = { .sa_sigaction = on_system_call, .sa_flags = SA_SIGINFO | SA_NODEFER };
  void *warm_up[1];

  sigaction (SIGSYS, &action, NULL);
  backtrace (warm_up, 1);
}
#else
static void
dispatch_system_calls (void)
{
}
#endif

void
zab_rt_guard_enter (void)
{
  if (zab_rt_guard_depth > 0)
    {
      zab_rt_guard_depth++;
      return;
    }
  dispatch_system_calls ();
  getrusage (RUSAGE_THREAD, &before);
  zab_rt_guard_depth = 1;
#ifdef __x86_64__
  gate = GATE_SHUT;
#endif
}

void
zab_rt_guard_leave (void)
{
  struct rusage after;
  long          faults, waits;

  if (--zab_rt_guard_depth > 0)
    return;
  gate = GATE_OPEN;
  getrusage (RUSAGE_THREAD, &after);
  faults = after.ru_minflt - before.ru_minflt + after.ru_majflt - before.ru_majflt;
  waits = after.ru_nvcsw - before.ru_nvcsw;
  atomic_fetch_add (&counts[ZAB_RT_GUARD_PAGE_FAULT], (uint64_t)faults);
  atomic_fetch_add (&counts[ZAB_RT_GUARD_WAIT], (uint64_t)waits);
  atomic_fetch_add (&n_sections, 1);
}

ZabRtGuardReport
zab_rt_guard_get_report (void)
{
  ZabRtGuardReport report = { .sections = atomic_load (&n_sections) };

  for (int kind = 0; kind < ZAB_RT_GUARD_N_KINDS; kind++)
    report.counts[kind] = atomic_load (&counts[kind]);
  return report;
}

void
zab_rt_guard_reset (void)
{
  atomic_store (&n_sections, 0);
  for (int kind = 0; kind < ZAB_RT_GUARD_N_KINDS; kind++)
    {
      atomic_store (&counts[kind], 0);
      atomic_store (&culprits[kind].name, NULL);
    }
}

const char *
zab_rt_guard_kind_to_string (ZabRtGuardKind kind)
{
  return kind_names[kind];
}

static void
print_culprit (const Culprit *culprit)
{
  const char *name = atomic_load (&culprit->name);

  if (!name)
    return;
  if (culprit->number >= 0)
    fprintf (stderr, "  first: system call number %d\n", culprit->number);
  else
    fprintf (stderr, "  first: %s\n", name);
  fflush (stderr);
  backtrace_symbols_fd (culprit->callers, culprit->n_callers, STDERR_FILENO);
}

bool
zab_rt_guard_is_clean (void)
{
  ZabRtGuardReport report = zab_rt_guard_get_report ();
  bool             clean = report.sections > 0;

  if (!clean)
    fprintf (stderr, "rt guard: nothing was guarded\n");
  for (int kind = 0; kind < ZAB_RT_GUARD_N_KINDS; kind++)
    if (report.counts[kind] > 0)
      {
        fprintf (stderr, "rt guard: %s: %" PRIu64 " in %" PRIu64 " sections\n", kind_names[kind],
                 report.counts[kind], report.sections);
        print_culprit (&culprits[kind]);
        clean = false;
      }
  return clean;
}
