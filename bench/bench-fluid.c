/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-fluid.h"

#include <fluidsynth.h>
#include <math.h>
#include <stdlib.h>

enum
{
  RATE = 48000,
  KEY = 60,
  LOOP_CONTINUOUSLY = 1 /* of GEN_SAMPLEMODE */
};

struct _BenchFluid
{
  fluid_settings_t *settings;
  fluid_synth_t    *synth;
  uint32_t          n_samples;
  fluid_sample_t  **samples; /* left, right, left, ... */
};

static fluid_sample_t *
make_sample (const float *frames, uint32_t n_frames, uint32_t channel)
{
  fluid_sample_t *sample = new_fluid_sample ();
  short          *data = malloc (n_frames * sizeof *data);

  for (uint32_t i = 0; i < n_frames; i++)
    data[i] = (short)lrintf (frames[2 * i + channel] * 32767.0f);
  fluid_sample_set_sound_data (sample, data, NULL, n_frames, RATE, 1);
  fluid_sample_set_loop (sample, 8, n_frames - 8); /* it reads around the loop's ends */
  fluid_sample_set_pitch (sample, KEY, 0);
  free (data);
  return sample;
}

static void
start (BenchFluid *self, fluid_sample_t *sample, uint32_t number, double speed)
{
  const double   cents = 1200 * log2 (speed);
  fluid_voice_t *voice
      = fluid_synth_alloc_voice (self->synth, sample, (int)(number % 16), KEY, 100);

  if (voice == NULL)
    abort ();
  fluid_voice_gen_set (voice, GEN_SAMPLEMODE, LOOP_CONTINUOUSLY);
  fluid_voice_gen_set (voice, GEN_PAN, number % 2 == 0 ? -500 : 500);
  fluid_voice_gen_set (voice, GEN_COARSETUNE, (float)trunc (cents / 100));
  fluid_voice_gen_set (voice, GEN_FINETUNE, (float)fmod (cents, 100));
  fluid_synth_start_voice (self->synth, voice);
}

BenchFluid *
bench_fluid_new (const float *const *loops, uint32_t n_loops, uint32_t n_frames, uint32_t n_voices,
                 double speed, int order)
{
  BenchFluid *self = calloc (1, sizeof *self);

  self->settings = new_fluid_settings ();
  fluid_settings_setnum (self->settings, "synth.sample-rate", RATE);
  fluid_settings_setint (self->settings, "synth.polyphony", (int)(2 * n_voices));
  fluid_settings_setint (self->settings, "synth.reverb.active", 0);
  fluid_settings_setint (self->settings, "synth.chorus.active", 0);
  self->synth = new_fluid_synth (self->settings);
  fluid_synth_set_interp_method (self->synth, -1, order);
  self->n_samples = 2 * n_loops;
  self->samples = calloc (self->n_samples, sizeof (fluid_sample_t *));
  for (uint32_t i = 0; i < self->n_samples; i++)
    self->samples[i] = make_sample (loops[i / 2], n_frames, i % 2);
  for (uint32_t i = 0; i < 2 * n_voices; i++)
    start (self, self->samples[i % self->n_samples], i, speed);
  return self;
}

void
bench_fluid_free (BenchFluid *self)
{
  delete_fluid_synth (self->synth);
  delete_fluid_settings (self->settings);
  for (uint32_t i = 0; i < self->n_samples; i++)
    delete_fluid_sample (self->samples[i]);
  free (self->samples);
  free (self);
}

void
bench_fluid_render (BenchFluid *self, float *out, uint32_t n_frames)
{
  fluid_synth_write_float (self->synth, (int)n_frames, out, 0, 2, out, 1, 2);
}

const char *
bench_fluid_version (void)
{
  return fluid_version_str ();
}
