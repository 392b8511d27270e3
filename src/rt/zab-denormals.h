/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "rt/zab-rt.h"

/* Denormal numbers are tens of times slower than others and never heard: while a thread works on
 * sound, its processor takes and gives zeros for them. Where we don't know the processor they stay:
 * that is slower, not wrong.
 *
 * Thread: any, RT too; the mode is the calling thread's own. */
typedef uint64_t ZabDenormalMode;

#if defined(__SSE2__)

ZAB_RT static inline ZabDenormalMode
zab_denormals_flush (void)
{
  const uint32_t flush_to_zero = 0x8000, denormals_are_zero = 0x0040;
  const uint32_t mode = __builtin_ia32_stmxcsr ();

  __builtin_ia32_ldmxcsr (mode | flush_to_zero | denormals_are_zero);
  return mode;
}

ZAB_RT static inline void
zab_denormals_restore (ZabDenormalMode mode)
{
  __builtin_ia32_ldmxcsr ((uint32_t)mode);
}

#elif defined(__aarch64__)

ZAB_RT static inline ZabDenormalMode
zab_denormals_flush (void)
{
  const uint64_t flush_to_zero = 1ull << 24;
  uint64_t       mode;

  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  __asm__ volatile("msr fpcr, %0" : : "r"(mode | flush_to_zero));
  return mode;
}

ZAB_RT static inline void
zab_denormals_restore (ZabDenormalMode mode)
{
  __asm__ volatile("msr fpcr, %0" : : "r"(mode));
}

#else

ZAB_RT static inline ZabDenormalMode
zab_denormals_flush (void)
{
  return 0;
}

ZAB_RT static inline void
zab_denormals_restore (ZabDenormalMode mode)
{
}

#endif
