/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Of rt_guard_mixer_dep: each guarded zab_mixer_render () calls @trespass, too, so that a test can
 * see that the guard notices what it does there. NULL: none. Thread: any. */
void zab_rt_guard_mixer_trespass (void (*trespass) (void));
