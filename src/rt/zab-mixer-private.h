/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "rt/zab-mixer.h"

/* What the mixer's own files share. Thread: RT, every function. */

static const float ZAB_DEFAULT_FADE = 3.0f; /* ms: attack and release of a pad */
static const float ZAB_DECLICK = 5.0f;      /* ms: of all that changes otherwise */

static const uint32_t ZAB_LIMITER_REST = 0x3f800000; /* the bits of 1.0f */

enum
{
  ZAB_N_RESTS = 40 /* steps of the grid until a filter has stopped ringing */
};

static inline float
zab_mixer_to_float (uint32_t bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static inline uint32_t
zab_mixer_to_bits (float value)
{
  uint32_t bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

ZAB_RT static inline uint32_t
zab_mixer_frames (const ZabMixer *self, float ms)
{
  return (uint32_t)(self->now_rate * (double)ms / 1000.0);
}

ZAB_RT static inline void
zab_pad_set_add (ZabPadSet *self, uint32_t pad)
{
  self->words[pad / 64] |= 1ull << pad % 64;
}

ZAB_RT static inline void
zab_pad_set_remove (ZabPadSet *self, uint32_t pad)
{
  self->words[pad / 64] &= ~(1ull << pad % 64);
}

/* The first pad of the set from @pad on; ZAB_N_SLOTS: there is none. */
ZAB_RT static inline uint32_t
zab_pad_set_next (const ZabPadSet *self, uint32_t pad)
{
  while (pad < ZAB_N_SLOTS)
    {
      const uint64_t rest = self->words[pad / 64] >> pad % 64;

      if (rest != 0)
        return pad + (uint32_t)__builtin_ctzll (rest);
      pad = (pad / 64 + 1) * 64;
    }
  return ZAB_N_SLOTS;
}

/* --- zab-mixer-voices.c: which voice is whose, and which sample is still read ------------------
 */

ZAB_RT void zab_mixer_init_voices (ZabMixer *self);

/* A new voice of the pad, whose sample has frames. Another one that is ending may be taken for it,
 * and the oldest of too many is cut. */
ZAB_RT ZabVoice *zab_mixer_start_voice (ZabMixer *self, uint32_t pad);

/* Fade all of the pad's voices out: as musicians stop a sound, as something takes its place. */
ZAB_RT void zab_mixer_release_pad (ZabMixer *self, uint32_t pad);
ZAB_RT void zab_mixer_cut_pad (ZabMixer *self, uint32_t pad);
ZAB_RT bool zab_mixer_is_sounding (const ZabMixer *self, uint32_t pad);

/* What the pad plays follows what is set of its region and loop, without a step. */
ZAB_RT void zab_mixer_update_pad (ZabMixer *self, uint32_t pad);

/* Adds the pad's voices to @out, and ends those that have come to their end. */
ZAB_RT void zab_mixer_mix_pad (ZabMixer *self, uint32_t pad, float *out, uint32_t n_frames);

/* Puts @sample, or nothing, on the pad. */
ZAB_RT void zab_mixer_put_sample (ZabMixer *self, uint32_t pad, ZabSample *sample);

/* Puts @sample, the same sound at another rate, on the pad, and what plays goes on with it. */
ZAB_RT void zab_mixer_replace_sample (ZabMixer *self, uint32_t pad, ZabSample *sample);

ZAB_RT void zab_mixer_end_all_voices (ZabMixer *self);

/* --- zab-mixer-launch.c: what a press starts and stops, and when -------------------------------
 */

ZAB_RT bool zab_mixer_pad_loops (const ZabMixerPad *pad);
ZAB_RT void zab_mixer_press (ZabMixer *self, uint32_t pad, float velocity);
ZAB_RT void zab_mixer_let_go (ZabMixer *self, uint32_t pad);
ZAB_RT void zab_mixer_stop (ZabMixer *self, uint32_t pad);
ZAB_RT void zab_mixer_stop_all (ZabMixer *self);

/* The frame at which the next of the pads that wait has its line; UINT64_MAX: none. */
ZAB_RT uint64_t zab_mixer_next_launch (const ZabMixer *self);

/* Starts and stops the pads whose line is now. */
ZAB_RT void zab_mixer_launch_due (ZabMixer *self);

/* What waits, waits for the new grid's next line. */
ZAB_RT void zab_mixer_set_metre (ZabMixer *self, uint32_t beats, uint32_t unit);
ZAB_RT void zab_mixer_set_quantise (ZabMixer *self, uint32_t pad, ZabQuantise quantise);

/* What waits for bar 0 starts now; what waits when the transport stops does not start any more. */
ZAB_RT void zab_mixer_start_transport (ZabMixer *self);
ZAB_RT void zab_mixer_stop_transport (ZabMixer *self);
ZAB_RT void zab_mixer_change_rate (ZabMixer *self, uint32_t rate);

/* --- zab-mixer-apply.c ------------------------------------------------------------------------ */

ZAB_RT void zab_mixer_apply (ZabMixer *self, const ZabCommand *command);
ZAB_RT void zab_mixer_apply_change (ZabMixer *self, const ZabParamChange *change);
