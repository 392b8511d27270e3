/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The program is built for the oldest x86-64. What pays is compiled again for processors with AVX2
 * and FMA ("fast"), some of it for those with AVX-512, too ("widest"), and the one that fits is
 * taken at run time: one body, always inlined into all. */
#if defined(__x86_64__)
#define ZAB_FAST_TARGET   __attribute__ ((target ("avx2,fma")))
#define ZAB_WIDEST_TARGET __attribute__ ((target ("avx2,fma,avx512f,avx512dq,avx512vl")))

static inline gboolean
zab_cpu_is_fast (void)
{
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma");
}

static inline gboolean
zab_cpu_is_widest (void)
{
  return zab_cpu_is_fast () && __builtin_cpu_supports ("avx512f")
         && __builtin_cpu_supports ("avx512dq") && __builtin_cpu_supports ("avx512vl");
}

#else
#define ZAB_FAST_TARGET
#define ZAB_WIDEST_TARGET

static inline gboolean
zab_cpu_is_fast (void)
{
  return FALSE;
}

static inline gboolean
zab_cpu_is_widest (void)
{
  return FALSE;
}

#endif

#define ZAB_BODY static inline __attribute__ ((always_inline))

/* Doubles at any address. */
typedef double ZabDouble4 __attribute__ ((vector_size (32), aligned (8), may_alias));
typedef double ZabDouble8 __attribute__ ((vector_size (64), aligned (8), may_alias));

G_END_DECLS
