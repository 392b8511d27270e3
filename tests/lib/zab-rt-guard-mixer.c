/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linked with --wrap=zab_mixer_render and --wrap=zab_deadline_add: every call of these in the
 * program is a section, also those in the real PipeWire callback, and the program's own code knows
 * nothing of it. */
#include "zab-rt-guard-mixer.h"

#include <stdatomic.h>
#include <stddef.h>

#include "rt/zab-deadline.h"
#include "rt/zab-mixer.h"
#include "zab-rt-guard.h"

static _Atomic (void (*) (void)) trespassing;

void __real_zab_mixer_render (ZabMixer *self, float *out, uint32_t n_frames);
void __wrap_zab_mixer_render (ZabMixer *self, float *out, uint32_t n_frames);

void
zab_rt_guard_mixer_trespass (void (*trespass) (void))
{
  atomic_store (&trespassing, trespass);
}

void
__wrap_zab_mixer_render (ZabMixer *self, float *out, uint32_t n_frames)
{
  void (*trespass) (void) = atomic_load (&trespassing);

  zab_rt_guard_enter ();
  __real_zab_mixer_render (self, out, n_frames);
  if (trespass != NULL)
    trespass ();
  zab_rt_guard_leave ();
}

void __real_zab_deadline_add (ZabDeadline *self, uint64_t cycle, uint64_t begin, uint64_t end,
                              uint32_t n_frames, uint32_t rate);
void __wrap_zab_deadline_add (ZabDeadline *self, uint64_t cycle, uint64_t begin, uint64_t end,
                              uint32_t n_frames, uint32_t rate);

void
__wrap_zab_deadline_add (ZabDeadline *self, uint64_t cycle, uint64_t begin, uint64_t end,
                         uint32_t n_frames, uint32_t rate)
{
  zab_rt_guard_enter ();
  __real_zab_deadline_add (self, cycle, begin, end, n_frames, rate);
  zab_rt_guard_leave ();
}
