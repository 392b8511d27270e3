/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples that are read between their frames: how clean that is, and that speed 1 is exact. */
#include <fftw3.h>
#include <math.h>

#include "lib/zab-test-signal.h"
#include "lib/zab-test.h"
#include "rt/zab-mixer.h"

enum
{
  RATE = 48000,
  GLIDE = RATE * 5 / 1000,
  N_FFT = 16384,
  LENGTH = 100000, /* of most samples, frames */
};

typedef struct
{
  ZabMixer *mixer;
  ZabSample sample;
  float    *frames;
} Fixture;

static void
push (Fixture *self, ZabCommand command)
{
  g_assert_true (zab_mixer_push (self->mixer, &command));
}

static void
set_up (Fixture *self, guint channels, guint rate)
{
  self->mixer = g_new0 (ZabMixer, 1);
  self->frames = g_new0 (float, LENGTH *channels);
  self->sample = (ZabSample){
    .frames = self->frames, .n_frames = LENGTH, .channels = channels, .rate = rate
  };
  zab_mixer_init (self->mixer, RATE);
  push (self, (ZabCommand){ .type = ZAB_COMMAND_LOAD_SAMPLE, .sample = &self->sample });
}

static void
tear_down (Fixture *self)
{
  zab_mixer_drain (self->mixer);
  g_free (self->mixer);
  g_free (self->frames);
}

static void
play (Fixture *self)
{
  push (self, (ZabCommand){ .type = ZAB_COMMAND_PLAY, .velocity = 1.0f });
}

static float *
render (Fixture *self, guint n_frames)
{
  float *out = g_new (float, 2 * n_frames);

  zab_mixer_render (self->mixer, out, n_frames);
  return out;
}

/* The highest line below 0.9 of the band that is not the tone at @tone (of the band), in dB of a
 * sine of amplitude 1. */
static double
highest_other (const float *frames, double tone)
{
  /* Blackman-Harris with seven terms: side lobes below -160 dB, nine lines wide. */
  static const double terms[]
      = { 0.27105140069342, 0.43329793923448, 0.21812299954311, 0.06592544638803,
          0.01081174209837, 0.00077658482522, 0.00001388721735 };

  double       *in = fftw_alloc_real (N_FFT);
  fftw_complex *out = fftw_alloc_complex (N_FFT / 2 + 1);
  fftw_plan     fft = fftw_plan_dft_r2c_1d (N_FFT, in, out, FFTW_ESTIMATE);
  double        highest = 0, gain = 0;

  for (guint i = 0; i < N_FFT; i++)
    {
      double window = 0;

      for (guint k = 0; k < G_N_ELEMENTS (terms); k++)
        window += (k % 2 == 0 ? 1 : -1) * terms[k] * cos (2 * G_PI * k * i / N_FFT);
      gain += window / 2;
      in[i] = window * (double)frames[2 * i];
    }
  fftw_execute (fft);
  for (guint i = 10; i < 0.9 * N_FFT / 2; i++)
    if (fabs (i - tone * N_FFT / 2) > 10)
      highest = MAX (highest, hypot (out[i][0], out[i][1]) / gain);
  fftw_destroy_plan (fft);
  fftw_free (in);
  fftw_free (out);
  return 20 * log10 (highest + 1e-12);
}

/* Of a tone of the sample at @tone of its band, at @speed. */
static double
measure (double speed, double tone, ZabSincQuality quality)
{
  Fixture           self;
  g_autofree float *out = NULL;
  double            level;

  set_up (&self, 1, RATE);
  for (guint i = 0; i < LENGTH; i++)
    self.frames[i] = (float)sin (G_PI * tone * i);
  g_assert_true (zab_mixer_set_quality (self.mixer, quality));
  zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_SPEED, (float)speed);
  g_free (render (&self, GLIDE + 1));
  play (&self);
  g_free (render (&self, 1000));
  out = render (&self, N_FFT);
  level = highest_other (out, tone * speed);
  tear_down (&self);
  return level;
}

static void
test_aliases_and_images (void)
{
  const double speeds[] = { 0.7, 1.3, 2.0, 0.5, 3.9 };
  const double bounds[] = { -90, -115 };

  for (guint quality = 0; quality < ZAB_SINC_N_QUALITIES; quality++)
    for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
      {
        double worst = -1000;

        for (guint k = 0; k < (speeds[i] < 1 ? 26 : 29); k++)
          worst = MAX (worst, measure (speeds[i], 0.013 + 0.0341 * k, quality));
        g_test_message ("quality %u, speed %g: %.1f dB", quality, speeds[i], worst);
        g_assert_cmpfloat (worst, <, bounds[quality]);
      }
}

/* The tone itself: its pitch, and its level in the lower part of the band. */
static void
test_pitch (void)
{
  const double speeds[] = { 0.25, 0.7, 1.3, 2.0, 4.0 };

  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
    {
      Fixture           self;
      g_autofree float *out = NULL;
      const double      step = 0.1 * speeds[i];
      double            error = 0;

      set_up (&self, 2, RATE);
      for (guint k = 0; k < LENGTH; k++)
        {
          self.frames[2 * k] = (float)(0.5 * sin (0.1 * k));
          self.frames[2 * k + 1] = -self.frames[2 * k];
        }
      zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_SPEED, (float)speeds[i]);
      g_free (render (&self, GLIDE + 1));
      play (&self);
      out = render (&self, 20000);
      for (guint k = 1000; k < 20000; k++)
        {
          error = MAX (error, fabs ((double)out[2 * k] - 0.5 * sin (step * k)));
          g_assert_true (out[2 * k] == -out[2 * k + 1]);
        }
      g_test_message ("speed %g: off by %g", speeds[i], error);
      g_assert_cmpfloat (error, <, 1e-4);
      tear_down (&self);
    }
}

/* At speed 1 every bit is the sample's, and is so again soon after the knob has come back. */
static void
test_speed_1_is_exact (void)
{
  Fixture           self;
  g_autofree float *straight = NULL;
  g_autofree float *sweep = NULL;
  g_autofree float *after = NULL;
  guint64           at;

  set_up (&self, 2, RATE);
  zab_test_fill_counter (self.frames, LENGTH, 2, 0);
  play (&self);
  straight = render (&self, 2000);
  for (guint i = RATE * 3 / 1000; i < 2000; i++)
    g_assert_true (straight[2 * i] == self.frames[2 * i]);
  zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_SPEED, 1.7f);
  sweep = render (&self, 3333);
  zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_SPEED, 1.0f);
  g_free (render (&self, GLIDE + 2100)); /* slides onto a frame */
  at = zab_mixer_get_position (self.mixer, 0);
  after = render (&self, 2000);
  for (guint i = 0; i < 2000; i++)
    {
      g_assert_true (after[2 * i] == self.frames[2 * (at + i)]);
      g_assert_true (after[2 * i + 1] == self.frames[2 * (at + i) + 1]);
    }
  tear_down (&self);
}

/* Turning the knob makes no step in a smooth tone. */
static void
test_smooth_while_turning (void)
{
  Fixture self;
  float   last = 0;

  set_up (&self, 1, RATE);
  for (guint i = 0; i < LENGTH; i++)
    self.frames[i] = (float)(0.5 * sin (0.02 * i));
  push (&self, (ZabCommand){ .type = ZAB_COMMAND_SET_LOOP, .value = 1 });
  play (&self);
  g_free (render (&self, 200));
  last = 2;
  for (guint turn = 0; turn < 200; turn++)
    {
      g_autofree float *out = NULL;

      zab_mixer_set_param (self.mixer, turn % 2 == 0 ? 0 : ZAB_MASTER, ZAB_PARAM_SPEED,
                           (float)(0.25 + 1.7 * fabs (sin (turn * 1.3))));
      out = render (&self, 37);
      for (guint i = 0; i < 37; i++)
        {
          if (last < 2)
            g_assert_cmpfloat (fabsf (out[2 * i] - last), <, 0.5f * 0.02f * 4.0f);
          last = out[2 * i];
        }
    }
  tear_down (&self);
}

/* A sample at another rate than the mixer's sounds at its own pitch; when the same sound comes at
 * the mixer's rate, what plays goes on with it in time, without a step. */
static void
test_bridge_and_replace (void)
{
  Fixture           self;
  ZabSample         same = { .n_frames = LENGTH * 2, .channels = 1, .rate = 96000 };
  g_autofree float *frames = g_new (float, LENGTH * 2);
  g_autofree float *before = NULL;
  g_autofree float *after = NULL;

  same.frames = frames;
  set_up (&self, 1, 48000);
  for (guint i = 0; i < LENGTH; i++)
    self.frames[i] = (float)(0.5 * sin (0.04 * i));
  for (guint i = 0; i < LENGTH * 2; i++)
    frames[i] = (float)(0.5 * sin (0.02 * i));
  g_free (render (&self, 10));
  push (&self, (ZabCommand){ .type = ZAB_COMMAND_SET_LOOP_RANGE,
                             .range = { .start = 1000, .end = 90000 } });
  push (&self, (ZabCommand){ .type = ZAB_COMMAND_SET_LOOP, .value = 1 });
  play (&self);
  zab_mixer_set_rate (self.mixer, 96000);
  before = render (&self, 5001);
  for (guint i = 600; i < 5001; i++)
    g_assert_cmpfloat (fabs ((double)before[2 * i] - 0.5 * sin (0.02 * i)), <, 1e-4);
  push (&self, (ZabCommand){ .type = ZAB_COMMAND_REPLACE_SAMPLE, .sample = &same });
  after = render (&self, 200000);
  g_assert_true (zab_mixer_take_retired (self.mixer) == &self.sample);
  for (guint i = 0; i < 170000; i++)
    g_assert_cmpfloat (fabs ((double)after[2 * i] - 0.5 * sin (0.02 * (i + 5001))), <, 1e-4);
  g_assert_true (after[2 * 100] == frames[5101]);
  g_assert_cmpuint (zab_mixer_get_position (self.mixer, 0), ==, 205001 - 2 * 89000);
  tear_down (&self);
}

/* The fall over the last frames is a straight line, also for a voice that is between two of them.
 */
static void
test_tail (void)
{
  const float       step = 0.7f / (float)(GLIDE + 1);
  Fixture           self;
  g_autofree float *out = NULL;
  guint             n_falls = 0;

  set_up (&self, 1, RATE);
  for (guint i = 0; i < LENGTH; i++)
    self.frames[i] = 1.0f;
  push (&self,
        (ZabCommand){ .type = ZAB_COMMAND_SET_REGION, .range = { .start = 90000, .end = 95000 } });
  zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_SPEED, 0.7f);
  g_free (render (&self, GLIDE + 1));
  play (&self);
  out = render (&self, 8000);
  for (guint i = 1000; i < 7999; i++)
    {
      g_assert_cmpfloat (out[2 * i] - out[2 * (i + 1)], <, step + 1e-6f);
      n_falls += out[2 * i] > out[2 * (i + 1)] + step / 2;
    }
  g_assert_cmpuint (n_falls, ==, (guint)((GLIDE + 1) / 0.7)); /* the last of them to silence */
  tear_down (&self);
}

/* Between two frames and going backwards from there: the very same place. */
static void
test_turn_between_frames (void)
{
  const ZabSample sample = { .n_frames = 100, .channels = 1, .rate = RATE };
  const ZabCut    cut = { .end = 100, .loop_start = 40, .loop_end = 60 };
  const ZabCut    mirrored
      = { .end = 100, .loop_start = 40, .loop_end = 60, .reverse = true, .ping_pong = true };
  const ZabRegion before = zab_region_of (&cut, &sample);
  const ZabRegion after = zab_region_of (&mirrored, &sample);
  ZabPlayhead     head = { .region = before, .at = 70, .part = 1u << 30 };
  ZabPlayhead     to;

  g_assert_cmpint (zab_playhead_move (&head, &sample, &after, true, &to), ==, ZAB_MOVE_ON);
  g_assert_cmpuint (to.at, ==, 28); /* 99 - 70.25 */
  g_assert_cmpuint (to.part, ==, 3u << 30);
  /* Behind the last frame, there is nothing to turn to but the first. */
  head.at = 99;
  g_assert_cmpint (zab_playhead_move (&head, &sample, &after, false, &to), ==, ZAB_MOVE_JUMP);
  g_assert_cmpuint (to.at, ==, 0);
  g_assert_cmpuint (to.part, ==, 0);
}

/* A loop that is shorter than what is read around a place: what its first round is heard before is
 * the loop's end from the second one on, however much is rendered at a time. */
static void
test_first_round_of_a_tiny_loop (void)
{
  float outs[2][2 * 60];

  for (guint k = 0; k < 2; k++)
    {
      Fixture self;

      set_up (&self, 1, RATE);
      for (guint i = 0; i < 6; i++)
        self.frames[i] = (float)i;
      push (&self, (ZabCommand){ .type = ZAB_COMMAND_SET_REGION, .range = { .end = 6 } });
      push (&self, (ZabCommand){ .type = ZAB_COMMAND_SET_LOOP, .value = 1 });
      zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_SPEED, 0.7f);
      g_free (render (&self, GLIDE + 1));
      play (&self);
      for (guint i = 0; i < 60; i += k == 0 ? 60 : 1)
        zab_mixer_render (self.mixer, outs[k] + 2 * i, k == 0 ? 60 : 1);
      tear_down (&self);
    }
  g_assert_cmpmem (outs[0], sizeof outs[0], outs[1], sizeof outs[1]);
}

/* An hour at a speed that no binary fraction is: a step is rounded to 2^-32 of a frame, and nothing
 * is lost of the sum, so that the loop is where it must be, to a fiftieth of a frame. */
static void
test_an_hour (void)
{
  enum
  {
    BLOCK = 8192,
    N_BLOCKS = (int)((gint64)3600 * RATE / BLOCK),
  };
  const guint64           n = (guint64)N_BLOCKS * BLOCK;
  const double            speed = (double)1.37f * (double)0.83f;
  const unsigned __int128 way = (unsigned __int128)(guint64)(speed * 0x1p32 + 0.5) * n;
  g_autofree float       *out = g_new (float, 2 * BLOCK);
  Fixture                 self;
  const ZabVoice         *voice;
  double                  place, apart;

  set_up (&self, 1, RATE);
  push (&self, (ZabCommand){ .type = ZAB_COMMAND_SET_LOOP, .value = 1 });
  zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_SPEED, 1.37f);
  zab_mixer_set_param (self.mixer, ZAB_MASTER, ZAB_PARAM_SPEED, 0.83f);
  g_free (render (&self, GLIDE + 1));
  play (&self);
  for (guint i = 0; i < N_BLOCKS; i++)
    {
      zab_mixer_render (self.mixer, out, BLOCK);
      if (i % 1000 == 0)
        zab_test_end_wait (zab_test_begin_wait ("an hour", G_STRLOC)); /* long, but no hang */
    }
  voice = &self.mixer->voices[self.mixer->pads[0].first];
  g_assert_cmpuint (voice->age, ==, n);
  g_assert_cmpuint (voice->head.at, ==, (guint64)(way >> 32) % LENGTH);
  g_assert_cmpuint (voice->head.part, ==, (guint32)way);
  place = (double)voice->head.at + (double)voice->head.part * 0x1p-32;
  apart = remainder (place - fmod (speed * (double)n, LENGTH), LENGTH);
  g_test_message ("%.4f frames off after an hour", apart);
  g_assert_cmpfloat (fabs (apart), <, 0.021);
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rt/varispeed/aliases-and-images", test_aliases_and_images);
  zab_test_add ("/rt/varispeed/pitch", test_pitch);
  zab_test_add ("/rt/varispeed/speed-1-is-exact", test_speed_1_is_exact);
  zab_test_add ("/rt/varispeed/smooth-while-turning", test_smooth_while_turning);
  zab_test_add ("/rt/varispeed/bridge-and-replace", test_bridge_and_replace);
  zab_test_add ("/rt/varispeed/tail", test_tail);
  zab_test_add ("/rt/varispeed/turn-between-frames", test_turn_between_frames);
  zab_test_add ("/rt/varispeed/first-round-of-a-tiny-loop", test_first_round_of_a_tiny_loop);
  zab_test_add ("/rt/varispeed/an-hour", test_an_hour);
  return g_test_run ();
}
