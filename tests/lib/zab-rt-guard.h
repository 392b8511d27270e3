/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Counts what a realtime thread must not do. Between enter () and leave () of a thread
 *
 *   - allocation, locks, GLib's main loop and references, stdio and sleeps are caught by name, as
 *     their fast paths make no system call;
 *   - any system call, by whatever library or inlined, is caught by the kernel (Syscall User
 *     Dispatch; x86-64). The first one of a section is counted and let through, the rest are not
 *     seen;
 *   - page faults and waits are counted by the kernel for the thread.
 *
 * Link rt_guard_dep into the test program and nowhere else: it takes the place of malloc () and its
 * kin in the whole process. Plain builds only, as sanitizers do the same. Warm up first: the first
 * call of anything can bind symbols and touch new pages. */

typedef enum
{
  ZAB_RT_GUARD_ALLOCATE,
  ZAB_RT_GUARD_FREE,
  ZAB_RT_GUARD_LOCK,
  ZAB_RT_GUARD_GLIB,
  ZAB_RT_GUARD_STDIO,
  ZAB_RT_GUARD_SLEEP,
  ZAB_RT_GUARD_SYSTEM_CALL,
  ZAB_RT_GUARD_PAGE_FAULT,
  ZAB_RT_GUARD_WAIT,
  ZAB_RT_GUARD_N_KINDS
} ZabRtGuardKind;

/* Of all threads together since the last reset (). */
typedef struct
{
  uint64_t sections; /* enter () ... leave () */
  uint64_t counts[ZAB_RT_GUARD_N_KINDS];
} ZabRtGuardReport;

/* Thread: any, also RT. Sections of one thread may nest. */
void zab_rt_guard_enter (void);
void zab_rt_guard_leave (void);

/* Thread: any, outside of a section. */
ZabRtGuardReport zab_rt_guard_get_report (void);
void             zab_rt_guard_reset (void);
const char      *zab_rt_guard_kind_to_string (ZabRtGuardKind kind);

/* False, and a message on standard error with the first culprit of each kind and who called it,
 * when anything was counted, or when there was no section at all. */
bool zab_rt_guard_is_clean (void);
