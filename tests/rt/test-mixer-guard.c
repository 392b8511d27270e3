/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every command and every way that a voice can end, with each render guarded (see
 * tests/lib/zab-rt-guard-mixer.c). */
#include "lib/zab-rt-guard.h"
#include "lib/zab-test-signal.h"
#include "lib/zab-test.h"
#include "rt/zab-mixer.h"

enum
{
  RATE = 48000,
  N_FRAMES = 3000, /* of a sample */
  BLOCK = 256,
};

typedef struct
{
  ZabMixer *mixer;
  float    *frames; /* of all samples */
  float    *out;
} Fixture;

static void
set_up (Fixture *self)
{
  self->mixer = g_new0 (ZabMixer, 1);
  self->frames = g_new (float, 2 * N_FRAMES);
  self->out = g_new0 (float, 2 * BLOCK);
  zab_test_fill_sine (self->frames, N_FRAMES, 2, 440, RATE, 0.5);
  zab_mixer_init (self->mixer, RATE);
  for (int i = 0; i < 4; i++) /* binds symbols, touches the stack */
    zab_mixer_render (self->mixer, self->out, BLOCK);
  zab_rt_guard_reset ();
}

static void
push (Fixture *self, ZabCommand command)
{
  g_assert_true (zab_mixer_push (self->mixer, &command));
}

static ZabSample *
load (Fixture *self, uint32_t pad, uint32_t channels)
{
  ZabSample *sample = g_new0 (ZabSample, 1);

  sample->frames = self->frames;
  sample->n_frames = N_FRAMES;
  sample->channels = channels;
  sample->rate = RATE;
  push (self, (ZabCommand){ .type = ZAB_COMMAND_LOAD_SAMPLE, .pad = pad, .sample = sample });
  return sample;
}

static void
render (Fixture *self, guint n_blocks)
{
  for (guint i = 0; i < n_blocks; i++)
    zab_mixer_render (self->mixer, self->out, BLOCK);
}

static guint
free_retired (Fixture *self)
{
  ZabSample *sample = zab_mixer_take_retired (self->mixer);
  guint      n_samples = 0;

  while (sample)
    {
      ZabSample *next = sample->next_retired;

      g_free (sample);
      sample = next;
      n_samples++;
    }
  return n_samples;
}

static void
tear_down (Fixture *self)
{
  zab_mixer_drain (self->mixer);
  free_retired (self);
  g_free (self->mixer);
  g_free (self->frames);
  g_free (self->out);
}

static void
test_every_command (void)
{
  Fixture self;
  guint   n_retired = 0;

  set_up (&self);
  for (uint32_t pad = 0; pad < ZAB_N_PADS; pad++)
    {
      load (&self, pad, 1 + pad % 2);
      push (&self, (ZabCommand){ .type = ZAB_COMMAND_SET_LOOP, .pad = pad, .value = pad % 3 == 0 });
      zab_mixer_set_param (self.mixer, pad, ZAB_PARAM_GAIN, 0.1F);
      push (&self, (ZabCommand){ .type = ZAB_COMMAND_PLAY, .pad = pad, .velocity = 1 });
      render (&self, 1);
    }
  zab_mixer_set_param (self.mixer, ZAB_MASTER, ZAB_PARAM_GAIN, 0.5F);
  push (&self, (ZabCommand){ .type = ZAB_COMMAND_STOP, .pad = 0 });
  render (&self, 20);
  for (uint32_t pad = 0; pad < ZAB_N_PADS; pad += 3)
    load (&self, pad, 2);
  for (uint32_t pad = 1; pad < ZAB_N_PADS; pad += 3)
    push (&self, (ZabCommand){ .type = ZAB_COMMAND_UNLOAD, .pad = pad });
  push (&self, (ZabCommand){ .type = ZAB_COMMAND_STOP_ALL });
  render (&self, 20);
  n_retired = free_retired (&self);
  g_assert_cmpuint (n_retired, ==, ZAB_N_PADS / 3 * 2);
  g_assert_cmpuint (zab_rt_guard_get_report ().sections, ==, ZAB_N_PADS + 40);
  g_assert_true (zab_rt_guard_is_clean ());
  tear_down (&self);
}

/* One of everything, at random, as often as a day on stage: a million blocks, and all pads are
 * loaded again and again meanwhile. */
static void
do_something (Fixture *self, GRand *rand)
{
  const ZabCommandType type
      = (ZabCommandType)g_rand_int_range (rand, ZAB_COMMAND_UNLOAD, ZAB_COMMAND_SET_PARAM);
  const uint32_t pad = (uint32_t)g_rand_int_range (rand, 0, ZAB_N_PADS);

  if (type == ZAB_COMMAND_PLAY)
    push (self, (ZabCommand){ .type = type, .pad = pad, .velocity = 1 });
  else if (type == ZAB_COMMAND_SET_TEMPO || type == ZAB_COMMAND_SET_METRE)
    push (self, (ZabCommand){ .type = type, .metre = { .beats = 60000, .unit = 4 } });
  else if (type == ZAB_COMMAND_UNLOAD)
    load (self, pad, 1 + pad % 2);
  else if (type != ZAB_COMMAND_STOP_ALL)
    push (self, (ZabCommand){ .type = type, .pad = pad, .value = g_rand_int (rand) % 3 });
  zab_mixer_set_param (self->mixer, pad, (ZabParam)g_rand_int_range (rand, 0, ZAB_N_PARAMS),
                       (float)g_rand_double (rand));
}

static void
test_a_million_blocks (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  Fixture self;

  set_up (&self);
  g_assert_true (zab_mixer_set_quality (self.mixer, ZAB_SINC_HIGH));
  for (uint32_t pad = 0; pad < ZAB_N_PADS; pad++)
    load (&self, pad, 1 + pad % 2);
  for (guint i = 0; i < 2000; i++)
    {
      do_something (&self, rand);
      zab_mixer_set_param (self.mixer, ZAB_MASTER, ZAB_PARAM_LIMITER, (float)(i / 100 % 2));
      for (guint k = 0; k < 500; k++)
        zab_mixer_render (self.mixer, self.out, 1 + (i + k) % 16);
      free_retired (&self);
    }
  g_assert_cmpuint (zab_rt_guard_get_report ().sections, ==, 1000 * 1000);
  g_assert_true (zab_rt_guard_is_clean ());
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rt/mixer-guard/every-command", test_every_command);
  zab_test_add ("/rt/mixer-guard/a-million-blocks", test_a_million_blocks);
  return g_test_run ();
}
