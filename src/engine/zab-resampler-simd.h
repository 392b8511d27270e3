/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The program is built for the oldest x86-64. What pays is compiled a second time for processors
 * with AVX2 and FMA, and the one that fits is taken when a converter is made: one body, always
 * inlined into both. */
#if defined(__x86_64__)
#define ZAB_FAST_TARGET __attribute__ ((target ("avx2,fma")))

static inline gboolean
zab_cpu_is_fast (void)
{
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma");
}

#else
#define ZAB_FAST_TARGET

static inline gboolean
zab_cpu_is_fast (void)
{
  return FALSE;
}

#endif

#define ZAB_BODY static inline __attribute__ ((always_inline))

/* Four doubles at any address. */
typedef double ZabDouble4 __attribute__ ((vector_size (32), aligned (8), may_alias));

G_END_DECLS
