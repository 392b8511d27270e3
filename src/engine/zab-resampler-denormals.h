/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Denormal numbers are tens of times slower than others and never heard: while a thread converts,
 * its processor takes and gives zeros for them. Where we don't know the processor they stay: that
 * is slower, not wrong.
 *
 * Thread: any; the mode is the calling thread's own. */
typedef guint64 ZabDenormalMode;

#if defined(__SSE2__)
#include <xmmintrin.h>

static inline ZabDenormalMode
zab_denormals_flush (void)
{
  const guint flush_to_zero = 0x8000, denormals_are_zero = 0x0040;
  guint       mode = _mm_getcsr ();

  _mm_setcsr (mode | flush_to_zero | denormals_are_zero);
  return mode;
}

static inline void
zab_denormals_restore (ZabDenormalMode mode)
{
  _mm_setcsr ((guint)mode);
}

#elif defined(__aarch64__)

static inline ZabDenormalMode
zab_denormals_flush (void)
{
  const guint64 flush_to_zero = G_GUINT64_CONSTANT (1) << 24;
  guint64       mode;

  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  __asm__ volatile("msr fpcr, %0" : : "r"(mode | flush_to_zero));
  return mode;
}

static inline void
zab_denormals_restore (ZabDenormalMode mode)
{
  __asm__ volatile("msr fpcr, %0" : : "r"(mode));
}

#else

static inline ZabDenormalMode
zab_denormals_flush (void)
{
  return 0;
}

static inline void
zab_denormals_restore (ZabDenormalMode mode)
{
}

#endif
