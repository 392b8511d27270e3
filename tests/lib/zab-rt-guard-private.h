/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zab-rt-guard.h"

/* Whether this thread is inside a section. */
extern __thread int zab_rt_guard_depth __attribute__ ((tls_model ("initial-exec")));

void zab_rt_guard_count (ZabRtGuardKind kind, const char *culprit);

#define ZAB_RT_GUARD_NOTE(kind, culprit)                                                           \
  do                                                                                               \
    {                                                                                              \
      if (__builtin_expect (zab_rt_guard_depth > 0, 0))                                            \
        zab_rt_guard_count (kind, culprit);                                                        \
    }                                                                                              \
  while (0)
