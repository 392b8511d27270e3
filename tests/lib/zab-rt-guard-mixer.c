/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linked with --wrap=zab_mixer_render: every call of the mixer in the program is a section, also
 * the one in the real PipeWire callback, and the program's own code knows nothing of it. */
#include "rt/zab-mixer.h"
#include "zab-rt-guard.h"

void __real_zab_mixer_render (ZabMixer *self, float *out, uint32_t n_frames);
void __wrap_zab_mixer_render (ZabMixer *self, float *out, uint32_t n_frames);

void
__wrap_zab_mixer_render (ZabMixer *self, float *out, uint32_t n_frames)
{
  zab_rt_guard_enter ();
  __real_zab_mixer_render (self, out, n_frames);
  zab_rt_guard_leave ();
}
