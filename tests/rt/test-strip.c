/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sound goes through after the voices: pan, isolator, limiter, meters. */
#include <math.h>
#include <string.h>

#include "lib/zab-test-signal.h"
#include "lib/zab-test.h"
#include "rt/zab-mixer.h"

enum
{
  RATE = 48000,
  GLIDE = RATE * 5 / 1000,
  LENGTH = 48000, /* of the loop, frames */
};

typedef struct
{
  ZabMixer *mixer;
  ZabSample sample;
  float    *frames;
} Fixture;

/* Pad 0 loops a sine. */
static void
set_up (Fixture *self, double frequency, double amplitude)
{
  self->mixer = g_new0 (ZabMixer, 1);
  self->frames = g_new0 (float, 2 * LENGTH);
  self->sample
      = (ZabSample){ .frames = self->frames, .n_frames = LENGTH, .channels = 2, .rate = RATE };
  zab_test_fill_sine (self->frames, LENGTH, 2, frequency, RATE, amplitude);
  zab_mixer_init (self->mixer, RATE);
  zab_mixer_push (self->mixer,
                  &(ZabCommand){ .type = ZAB_COMMAND_LOAD_SAMPLE, .sample = &self->sample });
  zab_mixer_push (self->mixer, &(ZabCommand){ .type = ZAB_COMMAND_SET_LOOP, .value = 1 });
  zab_mixer_push (self->mixer, &(ZabCommand){ .type = ZAB_COMMAND_PLAY, .velocity = 1.0f });
}

static void
tear_down (Fixture *self)
{
  zab_mixer_drain (self->mixer);
  g_free (self->mixer);
  g_free (self->frames);
}

static float *
render (Fixture *self, guint n_frames)
{
  float *out = g_new (float, 2 * n_frames);

  zab_mixer_render (self->mixer, out, n_frames);
  return out;
}

static double
to_db (double value)
{
  return 20 * log10 (value + 1e-15);
}

static double
rms (const float *frames, guint n_frames, guint channel)
{
  double sum = 0;

  for (guint i = 0; i < n_frames; i++)
    sum += pow ((double)frames[2 * i + channel], 2);
  return sqrt (sum / n_frames);
}

/* The power is the same wherever the pan stands, and the middle is exact. */
static void
test_pan (void)
{
  for (int pan = -4; pan <= 4; pan++)
    {
      Fixture           self;
      g_autofree float *out = NULL;
      double            power;

      set_up (&self, 1000, 0.5);
      zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_PAN, (float)pan / 4.0f);
      g_free (render (&self, 1000));
      out = render (&self, 4800);
      power = pow (rms (out, 4800, 0), 2) + pow (rms (out, 4800, 1), 2);
      g_assert_cmpfloat (fabs (power - 0.25), <, 1e-6);
      if (pan == 0)
        g_assert_cmpmem (out, 4800 * 8, self.frames + 2 * 1000, 4800 * 8);
      if (pan == -4)
        g_assert_true (out[1] == 0.0f && out[2 * 4799 + 1] == 0.0f);
      tear_down (&self);
    }
}

/* The level of a tone after the isolator, in dB of what it was. */
static double
measure_eq (double frequency, float low, float mid, float high)
{
  Fixture           self;
  g_autofree float *out = NULL;
  double            level;

  set_up (&self, frequency, 0.5);
  zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_EQ_LOW, low);
  zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_EQ_MID, mid);
  zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_EQ_HIGH, high);
  g_free (render (&self, 24000));
  out = render (&self, 24000);
  level = to_db (rms (out, 24000, 0) / (0.5 / sqrt (2)));
  tear_down (&self);
  return level;
}

/* Fourth order: -6 dB at the crossovers, about 24 dB an octave; all bands together are flat. */
static void
test_eq_bands (void)
{
  const double tones[] = { 40, 100, 250, 500, 1000, 2500, 5000, 12000 };

  g_assert_cmpfloat (measure_eq (40, 0, 1, 1), <, -60);
  g_assert_cmpfloat (measure_eq (1000, 1, 0, 1), <, -19); /* between two crossovers' skirts */
  g_assert_cmpfloat (measure_eq (12000, 1, 1, 0), <, -50);
  g_assert_cmpfloat (measure_eq (5000, 0, 1, 0), <, -20);
  g_assert_cmpfloat (fabs (measure_eq (250, 1, 0, 0) + 6.02), <, 0.1);
  g_assert_cmpfloat (fabs (measure_eq (2500, 0, 0, 1) + 6.02), <, 0.1);
  g_assert_cmpfloat (fabs (measure_eq (1000, 0, 1, 0)), <, 0.6);
  for (guint i = 0; i < G_N_ELEMENTS (tones); i++)
    {
      g_assert_cmpfloat (measure_eq (tones[i], 0, 0, 0), <, -250); /* full kill is full */
      g_assert_cmpfloat (fabs (measure_eq (tones[i], 0.5f, 0.5f, 0.5f) + 6.02), <, 0.05);
    }
}

/* Flat is exact, before the knobs are touched and after they have come back. */
static void
test_eq_flat_is_exact (void)
{
  Fixture           self;
  g_autofree float *before = NULL;
  g_autofree float *after = NULL;

  set_up (&self, 440, 0.5);
  g_free (render (&self, 1000));
  before = render (&self, 1000);
  g_assert_cmpmem (before, 8000, self.frames + 2 * 1000, 8000);
  zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_EQ_LOW, 0.0f);
  g_free (render (&self, 5000));
  zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_EQ_LOW, 1.0f);
  g_free (render (&self, 5000));
  after = render (&self, 1000);
  g_assert_cmpmem (after, 8000, self.frames + 2 * 12000, 8000);
  tear_down (&self);
}

/* What an isolator that was switched off had in its filters is not heard when it is on again. */
static void
test_eq_forgets (void)
{
  Fixture           self;
  g_autofree float *out = NULL;

  set_up (&self, 100, 0.5);
  memset (self.frames + 2 * 20000, 0, 28000 * 2 * sizeof (float));
  zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_EQ_LOW, 0.5f);
  g_free (render (&self, 10100));
  zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_EQ_LOW, 1.0f);
  g_free (render (&self, 19900));
  zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_EQ_LOW, 0.5f);
  out = render (&self, 1000);
  for (guint i = 0; i < 2000; i++)
    g_assert_true (out[i] == 0.0f);
  tear_down (&self);
}

/* No knob makes a step: a smooth tone stays one while all of them jump about. */
static void
test_no_zipper (void)
{
  const ZabParam params[]
      = { ZAB_PARAM_GAIN, ZAB_PARAM_PAN,     ZAB_PARAM_MUTE,    ZAB_PARAM_EQ_LOW, ZAB_PARAM_EQ_MID,
          ZAB_PARAM_SOLO, ZAB_PARAM_EQ_HIGH, ZAB_PARAM_LIMITER, ZAB_PARAM_GAIN };
  Fixture self;
  float   last = 0;

  set_up (&self, 60, 0.5);
  g_free (render (&self, 12000));
  for (guint i = 0; i < 900; i++)
    {
      g_autofree float *out = NULL;
      const ZabParam    param = params[i % G_N_ELEMENTS (params)];

      zab_mixer_set_param (self.mixer, param == ZAB_PARAM_LIMITER || i % 2 == 0 ? ZAB_MASTER : 0,
                           param, (float)(i / 5 % 2));
      out = render (&self, 101);
      for (guint k = 0; k < 101; k++)
        {
          if (i > 0 || k > 0)
            g_assert_cmpfloat (fabsf (out[2 * k] - last), <, 0.025f);
          last = out[2 * k];
        }
    }
  tear_down (&self);
}

/* The peak between frames too: values at sixteen times as many, from a long sinc. */
static double
true_peak (const float *frames, guint n_frames)
{
  double highest = 0;

  for (guint i = 200; i < n_frames - 200; i += 1)
    for (guint part = 0; part < 8; part++)
      {
        double sum = 0;

        if (fabs ((double)frames[2 * i]) < 0.6)
          continue;
        for (int k = -60; k <= 60; k++)
          {
            const double x = k - part / 8.0;
            const double sinc = fabs (x) < 1e-9 ? 1 : sin (G_PI * x) / (G_PI * x);

            sum += (double)frames[2 * ((int)i + k)] * sinc * (0.5 + 0.5 * cos (G_PI * x / 61));
          }
        highest = MAX (highest, fabs (sum));
      }
  return highest;
}

/* Much too loud comes out just below the ceiling, also between the samples. */
static void
test_limiter_holds (void)
{
  const double frequencies[] = { 50, 997, 5000, 11999 };

  for (guint i = 0; i < G_N_ELEMENTS (frequencies); i++)
    {
      Fixture           self;
      g_autofree float *out = NULL;
      double            peak;

      set_up (&self, frequencies[i], 3.0);
      zab_mixer_set_param (self.mixer, ZAB_MASTER, ZAB_PARAM_LIMITER, 1.0f);
      g_free (render (&self, 2 * GLIDE));
      out = render (&self, 6000);
      for (guint k = 0; k < 12000; k++)
        g_assert_cmpfloat (fabsf (out[k]), <=, 0.94407f);
      peak = to_db (true_peak (out, 6000));
      g_test_message ("%g Hz: %.2f dB", frequencies[i], peak);
      g_assert_cmpfloat (peak, <, -0.3);
      g_assert_cmpfloat (peak, >, -1.5);
      g_assert_cmpfloat (zab_mixer_read_limiter (self.mixer), <, 0.32f);
      tear_down (&self);
    }
}

/* A peak out of silence: the gain is down when it comes, and has gone there in small steps. */
static void
test_limiter_looks_ahead (void)
{
  Fixture           self;
  g_autofree float *out = NULL;

  set_up (&self, 100, 0.3);
  for (guint i = 20000; i < 20010; i++)
    self.frames[2 * i] = self.frames[2 * i + 1] = 4.0f;
  zab_mixer_set_param (self.mixer, ZAB_MASTER, ZAB_PARAM_LIMITER, 1.0f);
  out = render (&self, 40000);
  for (guint i = GLIDE; i < 40000; i++)
    {
      const double level = (double)out[2 * i] / (double)self.frames[2 * (i - 64)];

      g_assert_cmpfloat (fabsf (out[2 * i]), <=, 0.94407f);
      if (i < 20000 - 64)
        g_assert_true (out[2 * i] == self.frames[2 * (i - 64)]);
      if (fabsf (self.frames[2 * (i - 64)]) > 0.01f)
        g_assert_cmpfloat (level, <=, 1.0);
    }
  tear_down (&self);
}

/* Below the ceiling it is a delay of 64 frames, to the bit; off, it is not even that. */
static void
test_limiter_is_exact (void)
{
  Fixture           self;
  g_autofree float *on = NULL;
  g_autofree float *off = NULL;

  set_up (&self, 440, 0.9);
  zab_mixer_set_param (self.mixer, ZAB_MASTER, ZAB_PARAM_LIMITER, 1.0f);
  g_free (render (&self, 1000));
  on = render (&self, 1000);
  g_assert_cmpmem (on, 8000, self.frames + 2 * (1000 - 64), 8000);
  g_assert_true (zab_mixer_read_limiter (self.mixer) == 1.0f);
  zab_mixer_set_param (self.mixer, ZAB_MASTER, ZAB_PARAM_LIMITER, 0.0f);
  g_free (render (&self, 1000));
  off = render (&self, 1000);
  g_assert_cmpmem (off, 8000, self.frames + 2 * 3000, 8000);
  tear_down (&self);
}

/* Switched off twice, the limiter does not come back with the gain that it once had. */
static void
test_limiter_forgets (void)
{
  Fixture           self;
  g_autofree float *out = NULL;

  set_up (&self, 440, 0.3);
  for (guint i = 0; i < 2 * 3000; i++)
    self.frames[i] *= 10.0f;
  zab_mixer_set_param (self.mixer, ZAB_MASTER, ZAB_PARAM_LIMITER, 1.0f);
  g_free (render (&self, 2000));
  zab_mixer_set_param (self.mixer, ZAB_MASTER, ZAB_PARAM_LIMITER, 0.0f);
  g_free (render (&self, 2000));
  zab_mixer_set_param (self.mixer, ZAB_MASTER, ZAB_PARAM_LIMITER, 0.0f);
  g_free (render (&self, 200));
  zab_mixer_set_param (self.mixer, ZAB_MASTER, ZAB_PARAM_LIMITER, 1.0f);
  g_free (render (&self, 800));
  out = render (&self, 1000);
  g_assert_cmpmem (out, 8000, self.frames + 2 * (5000 - 64), 8000);
  tear_down (&self);
}

static void
test_meters (void)
{
  Fixture         self;
  ZabMeterReading reading;

  set_up (&self, 1500, 0.5);
  zab_mixer_set_param (self.mixer, ZAB_MASTER, ZAB_PARAM_GAIN, 4.0f);
  g_free (render (&self, 10240));
  zab_mixer_read_meter (self.mixer, 0, &reading);
  g_assert_cmpfloat_with_epsilon (reading.peak[0], 0.5f, 1e-3);
  g_assert_cmpfloat_with_epsilon (reading.rms[1], 0.5f / sqrtf (2), 1e-4);
  g_assert_cmpuint (reading.n_clipped, ==, 0);
  zab_mixer_read_meter (self.mixer, 0, &reading);
  g_assert_true (reading.peak[0] == 0.0f); /* told once */
  zab_mixer_read_meter (self.mixer, ZAB_MASTER, &reading);
  g_assert_cmpfloat_with_epsilon (reading.peak[1], 2.0f, 1e-3);
  g_assert_cmpfloat_with_epsilon (reading.rms[0], sqrtf (2), 1e-3);
  g_assert_cmpuint (reading.n_clipped, >, 2 * 10000 / 2);
  zab_mixer_push (self.mixer, &(ZabCommand){ .type = ZAB_COMMAND_STOP });
  g_free (render (&self, 4096));
  zab_mixer_read_meter (self.mixer, 0, &reading);
  zab_mixer_read_meter (self.mixer, 0, &reading);
  g_assert_true (reading.peak[0] == 0.0f && reading.rms[0] == 0.0f);
  zab_mixer_read_meter (self.mixer, 7, &reading);
  g_assert_true (reading.peak[0] == 0.0f && reading.rms[0] == 0.0f);
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rt/strip/pan", test_pan);
  zab_test_add ("/rt/strip/eq-bands", test_eq_bands);
  zab_test_add ("/rt/strip/eq-flat-is-exact", test_eq_flat_is_exact);
  zab_test_add ("/rt/strip/eq-forgets", test_eq_forgets);
  zab_test_add ("/rt/strip/no-zipper", test_no_zipper);
  zab_test_add ("/rt/strip/limiter-holds", test_limiter_holds);
  zab_test_add ("/rt/strip/limiter-looks-ahead", test_limiter_looks_ahead);
  zab_test_add ("/rt/strip/limiter-is-exact", test_limiter_is_exact);
  zab_test_add ("/rt/strip/limiter-forgets", test_limiter_forgets);
  zab_test_add ("/rt/strip/meters", test_meters);
  return g_test_run ();
}
