/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing that is done to a pad is heard as a step: the samples here are constant, so every step in
 * the output is the mixer's own. */
#include <math.h>

#include "lib/zab-test.h"
#include "rt/zab-mixer.h"

enum
{
  RATE = 48000,
  LENGTH = 20000, /* of the samples, frames */
  N_PADS = 2,
};

/* Three voices may fade at a time (one that is cut, one that takes its place, one of the other
 * pad), none of them faster than in 3 ms, and each may be in a seam, whose blend is sqrt (2) at
 * most. A click would be a step of 1. */
static const float BOUND = 3.0f * 1.4143f / 144.0f;

typedef struct
{
  ZabMixer  *mixer;
  float     *frames;
  GPtrArray *samples;
  float      last;
  float      highest_step;
} Fixture;

static void
push (Fixture *self, ZabCommand command)
{
  g_assert_true (zab_mixer_push (self->mixer, &command));
}

static void
load (Fixture *self, guint pad)
{
  ZabSample *sample = g_new0 (ZabSample, 1);

  *sample = (ZabSample){ .frames = self->frames, .n_frames = LENGTH, .channels = 1, .rate = RATE };
  g_ptr_array_add (self->samples, sample);
  push (self, (ZabCommand){ .type = ZAB_COMMAND_LOAD_SAMPLE, .pad = pad, .sample = sample });
}

static void
set_up (Fixture *self)
{
  *self = (Fixture){ .mixer = g_new0 (ZabMixer, 1),
                     .frames = g_new (float, LENGTH),
                     .samples = g_ptr_array_new_with_free_func (g_free) };
  for (guint i = 0; i < LENGTH; i++)
    self->frames[i] = 1.0f;
  zab_mixer_init (self->mixer, RATE);
  for (guint i = 0; i < N_PADS; i++)
    {
      load (self, i);
      push (self, (ZabCommand){ .type = ZAB_COMMAND_SET_LOOP, .pad = i, .value = 1 });
      push (self, (ZabCommand){ .type = ZAB_COMMAND_SET_CHOKE, .pad = i, .value = 1 });
      zab_mixer_set_param (self->mixer, i, ZAB_PARAM_CROSSFADE, 10.0f);
    }
}

static void
tear_down (Fixture *self)
{
  zab_mixer_drain (self->mixer);
  g_free (self->mixer);
  g_free (self->frames);
  g_ptr_array_unref (self->samples);
}

static void
listen (Fixture *self, guint n_frames)
{
  g_autofree float *out = g_new (float, 2 * n_frames);

  zab_mixer_render (self->mixer, out, n_frames);
  for (guint i = 0; i < n_frames; i++)
    {
      self->highest_step = MAX (self->highest_step, fabsf (out[2 * i] - self->last));
      self->last = out[2 * i];
    }
}

/* Loops always lie in their region, and last long enough to be no tone themselves. */
static void
change_range (Fixture *self, GRand *rand, ZabCommandType type, guint pad)
{
  const guint shift = type == ZAB_COMMAND_SET_REGION ? 0 : 3000;
  const guint start = shift + (guint)g_rand_int_range (rand, 0, 2500);
  const guint length = shift == 0 ? 13000 : 4000;

  push (self, (ZabCommand){
                  .type = type,
                  .pad = pad,
                  .range = { .start = start,
                             .end = start + length + (guint)g_rand_int_range (rand, 0, 3000) } });
}

static void
do_something (Fixture *self, GRand *rand)
{
  static const ZabCommandType switches[] = { ZAB_COMMAND_SET_PING_PONG, ZAB_COMMAND_SET_REVERSE,
                                             ZAB_COMMAND_SET_LOOP, ZAB_COMMAND_SET_MODE };
  const guint                 pad = (guint)g_rand_int_range (rand, 0, N_PADS);

  switch (g_rand_int_range (rand, 0, 10))
    {
    case 0:
      push (self, (ZabCommand){ .type = ZAB_COMMAND_STOP, .pad = pad });
      break;
    case 1:
      load (self, pad);
      break;
    case 2:
      change_range (self, rand, ZAB_COMMAND_SET_REGION, pad);
      break;
    case 3:
    case 4:
      change_range (self, rand, ZAB_COMMAND_SET_LOOP_RANGE, pad);
      break;
    case 5:
    case 6:
      push (self, (ZabCommand){ .type = switches[g_rand_int_range (rand, 0, 4)],
                                .pad = pad,
                                .value = (guint)g_rand_boolean (rand) });
      break;
    default: /* starts it, starts it anew, or chokes the other */
      push (self, (ZabCommand){ .type = ZAB_COMMAND_PLAY, .pad = pad, .velocity = 1.0f });
    }
}

static void
test_no_step (void)
{
  for (guint32 seed = 1; seed <= 20; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      Fixture self;

      set_up (&self);
      for (guint i = 0; i < 300; i++)
        {
          do_something (&self, rand);
          listen (&self, (guint)g_rand_int_range (rand, 300, 3000));
        }
      g_assert_cmpfloat (self.highest_step, >, 0.9f / 145.0f);
      g_assert_cmpfloat (self.highest_step, <=, BOUND);
      tear_down (&self);
    }
}

/* The seam of a loop whose ends don't meet: a step of 1 without a crossfade, a bend with one. */
static void
measure_seam (guint loop_start, float crossfade, float *step)
{
  Fixture self;

  set_up (&self);
  for (guint i = 0; i < LENGTH; i++)
    self.frames[i] = (float)i / LENGTH;
  zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_CROSSFADE, crossfade);
  push (&self, (ZabCommand){ .type = ZAB_COMMAND_SET_LOOP_RANGE,
                             .range = { .start = loop_start, .end = ZAB_TO_THE_END } });
  push (&self, (ZabCommand){ .type = ZAB_COMMAND_PLAY, .velocity = 1.0f });
  listen (&self, 3 * LENGTH);
  *step = self.highest_step;
  tear_down (&self);
}

static void
test_seam (void)
{
  float step;

  measure_seam (2000, 0.0f, &step);
  g_assert_cmpfloat (step, >, 0.89f);
  measure_seam (2000, 10.0f, &step); /* blends into what precedes the loop */
  g_assert_cmpfloat (step, <, 1.6f / 480.0f);
  measure_seam (0, 10.0f, &step); /* nothing precedes it: its ends fade */
  g_assert_cmpfloat (step, <, 1.6f / 240.0f);
}

/* More sounds at once than there are voices, all of them dying away slowly: each new one takes the
 * place of another, which fades. */
static void
test_slow_releases (void)
{
  Fixture self;

  set_up (&self);
  for (guint pad = 0; pad < ZAB_N_PADS; pad++)
    {
      load (&self, pad);
      push (&self, (ZabCommand){ .type = ZAB_COMMAND_SET_CHOKE, .pad = pad, .value = 0 });
      push (&self, (ZabCommand){ .type = ZAB_COMMAND_SET_LOOP, .pad = pad, .value = 1 });
      zab_mixer_set_param (self.mixer, pad, ZAB_PARAM_RELEASE, 60000.0f);
      listen (&self, 1);
    }
  for (guint i = 0; i < 3 * ZAB_N_PADS; i++)
    {
      push (&self,
            (ZabCommand){ .type = ZAB_COMMAND_PLAY, .pad = i % ZAB_N_PADS, .velocity = 1.0f });
      listen (&self, 300);
      push (&self, (ZabCommand){ .type = ZAB_COMMAND_STOP, .pad = i % ZAB_N_PADS });
    }
  g_assert_cmpfloat (self.last, >, ZAB_MAX_SOUNDING / 2); /* they are still there */
  g_assert_cmpfloat (self.highest_step, <=, BOUND);
  tear_down (&self);
}

static guint
count_playing (Fixture *self)
{
  guint n = 0;

  for (guint pad = 0; pad < ZAB_N_PADS; pad++)
    n += zab_mixer_get_n_voices (self->mixer, pad) > 0;
  return n;
}

/* As many loops as may sound, and all of them jump at once, again and again: each makes no larger
 * step than one would, and none is lost. */
static void
test_all_jump (void)
{
  Fixture self;

  set_up (&self);
  for (guint pad = 0; pad < ZAB_MAX_SOUNDING; pad++)
    {
      load (&self, pad);
      push (&self, (ZabCommand){ .type = ZAB_COMMAND_SET_CHOKE, .pad = pad, .value = 0 });
      push (&self, (ZabCommand){ .type = ZAB_COMMAND_SET_LOOP, .pad = pad, .value = 1 });
      zab_mixer_set_param (self.mixer, pad, ZAB_PARAM_CROSSFADE, 0.0f);
      push (&self, (ZabCommand){ .type = ZAB_COMMAND_PLAY, .pad = pad, .velocity = 1.0f });
    }
  listen (&self, 2000);
  self.highest_step = 0;
  for (guint i = 0; i < 50; i++)
    {
      const guint start = i % 2 == 0 ? 1000 : 9000; /* back, or on until it is there */

      for (guint pad = 0; pad < ZAB_MAX_SOUNDING; pad++)
        push (&self, (ZabCommand){ .type = ZAB_COMMAND_SET_LOOP_RANGE,
                                   .pad = pad,
                                   .range = { .start = start, .end = start + 500 } });
      listen (&self, 130);
    }
  listen (&self, 1000);
  g_assert_cmpuint (count_playing (&self), ==, ZAB_MAX_SOUNDING);
  g_assert_cmpfloat_with_epsilon (self.last, ZAB_MAX_SOUNDING, 0.001f);
  g_assert_cmpfloat (self.highest_step / ZAB_MAX_SOUNDING, <=, BOUND);
  tear_down (&self);
}

/* A loop is moved a hundred times in one block, and with an attack that is none, or long: it goes
 * on as loud as it was. */
static void
test_storm_of_moves (void)
{
  const float attacks[] = { 0.0f, 3.0f, 1000.0f };

  for (guint k = 0; k < G_N_ELEMENTS (attacks); k++)
    {
      Fixture self;

      set_up (&self);
      zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_ATTACK, attacks[k]);
      push (&self, (ZabCommand){ .type = ZAB_COMMAND_PLAY, .velocity = 1.0f });
      listen (&self, RATE + 100);
      g_assert_cmpfloat (self.last, ==, 1.0f);
      self.highest_step = 0;
      for (guint i = 0; i < 10; i++)
        {
          for (guint n = 0; n < 100; n++)
            push (&self, (ZabCommand){ .type = ZAB_COMMAND_SET_LOOP_RANGE,
                                       .range = { .start = 100 * n, .end = 100 * n + 3000 + i } });
          listen (&self, 1000);
          g_assert_cmpfloat (self.last, >, 0.99f);
        }
      g_assert_cmpfloat (self.highest_step, <=, BOUND);
      tear_down (&self);
    }
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rt/declick/no-step", test_no_step);
  zab_test_add ("/rt/declick/seam", test_seam);
  zab_test_add ("/rt/declick/slow-releases", test_slow_releases);
  zab_test_add ("/rt/declick/all-jump", test_all_jump);
  zab_test_add ("/rt/declick/storm-of-moves", test_storm_of_moves);
  return g_test_run ();
}
