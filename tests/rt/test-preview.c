/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mixer's slot for auditions: it sounds like a pad, and what the set does to pads does not
 * concern it. */
#include "lib/zab-test-signal.h"
#include "lib/zab-test.h"
#include "rt/zab-mixer.h"

enum
{
  RATE = 48000,
  ATTACK = RATE * 3 / 1000,
  DECLICK = RATE * 5 / 1000,
  LENGTH = 4000, /* of each sound, frames */
  HEARD = 1000,  /* of what comes after the attack */
};

typedef struct
{
  ZabMixer *mixer;
  ZabSample sound;
  ZabSample loop; /* on pad 0: silence, to leave the preview alone in the output */
  float     frames[LENGTH];
  float     zeros[LENGTH];
} Fixture;

static void
tell (Fixture *self, ZabCommandType type, uint32_t pad, uint32_t value)
{
  g_assert_true (
      zab_mixer_push (self->mixer, &(ZabCommand){ .type = type, .pad = pad, .value = value }));
}

static void
load (Fixture *self, uint32_t pad, ZabSample *sample)
{
  g_assert_true (zab_mixer_push (
      self->mixer, &(ZabCommand){ .type = ZAB_COMMAND_LOAD_SAMPLE, .pad = pad, .sample = sample }));
}

static void
play (Fixture *self, uint32_t pad)
{
  g_assert_true (zab_mixer_push (
      self->mixer, &(ZabCommand){ .type = ZAB_COMMAND_PLAY, .pad = pad, .velocity = 1.0f }));
}

static void
set_up (Fixture *self)
{
  *self = (Fixture){ .mixer = g_new0 (ZabMixer, 1) };
  zab_test_fill_counter (self->frames, LENGTH, 1, 1);
  self->sound
      = (ZabSample){ .frames = self->frames, .n_frames = LENGTH, .channels = 1, .rate = RATE };
  self->loop
      = (ZabSample){ .frames = self->zeros, .n_frames = LENGTH, .channels = 1, .rate = RATE };
  zab_mixer_init (self->mixer, RATE);
  load (self, 0, &self->loop);
  load (self, ZAB_PREVIEW, &self->sound);
  tell (self, ZAB_COMMAND_SET_LOOP, 0, 1);
}

static void
tear_down (Fixture *self)
{
  zab_mixer_drain (self->mixer);
  g_free (self->mixer);
}

/* From its first frame on, at full level, times @gain. */
static void
assert_heard (Fixture *self, float gain)
{
  g_autofree float *out = g_new (float, 2 * (ATTACK + HEARD));

  zab_mixer_render (self->mixer, out, ATTACK + HEARD);
  for (guint i = ATTACK; i < ATTACK + HEARD; i++)
    g_assert_cmpfloat (out[2 * i], ==, zab_test_counter (1 + i, 0) * gain);
}

static void
test_solo (void)
{
  Fixture self;

  set_up (&self);
  zab_mixer_set_param (self.mixer, 0, ZAB_PARAM_SOLO, 1.0f);
  play (&self, ZAB_PREVIEW);
  assert_heard (&self, 1.0f);
  tear_down (&self);
}

static void
test_quantise (void)
{
  Fixture           self;
  g_autofree float *out = g_new (float, 2 * HEARD);

  set_up (&self);
  tell (&self, ZAB_COMMAND_SET_QUANTISE, ZAB_MASTER, ZAB_QUANTISE_1_BAR);
  tell (&self, ZAB_COMMAND_START_TRANSPORT, ZAB_MASTER, 0);
  zab_mixer_render (self.mixer, out, HEARD);
  play (&self, ZAB_PREVIEW);
  play (&self, 0);
  assert_heard (&self, 1.0f);
  g_assert_true (zab_mixer_get_waits (self.mixer, 0));
  g_assert_false (zab_mixer_get_waits (self.mixer, ZAB_PREVIEW));
  tear_down (&self);
}

static void
test_exclusive (void)
{
  Fixture self;

  set_up (&self);
  tell (&self, ZAB_COMMAND_SET_EXCLUSIVE, ZAB_MASTER, 1);
  play (&self, 0);
  play (&self, ZAB_PREVIEW);
  assert_heard (&self, 1.0f);
  g_assert_cmpuint (zab_mixer_get_n_sounding (self.mixer, 0), ==, 1);
  tear_down (&self);
}

static void
test_volume (void)
{
  Fixture           self;
  g_autofree float *out = g_new (float, 2 * DECLICK);

  set_up (&self);
  zab_mixer_set_param (self.mixer, ZAB_MASTER, ZAB_PARAM_GAIN, 0.5f);
  zab_mixer_render (self.mixer, out, DECLICK);
  play (&self, ZAB_PREVIEW);
  assert_heard (&self, 0.5f);
  tear_down (&self);
}

static void
test_ends (void)
{
  Fixture           self;
  g_autofree float *out = g_new (float, 2 * LENGTH);

  set_up (&self);
  play (&self, ZAB_PREVIEW);
  zab_mixer_render (self.mixer, out, LENGTH);
  g_assert_cmpfloat (out[2 * LENGTH - 2], !=, 0);
  zab_mixer_render (self.mixer, out, 1);
  g_assert_cmpfloat (out[0], ==, 0);
  g_assert_cmpuint (zab_mixer_get_n_voices (self.mixer, ZAB_PREVIEW), ==, 0);
  tear_down (&self);
}

/* Taken away in mid-play, it fades and comes back to its owner. */
static void
test_unload (void)
{
  Fixture           self;
  g_autofree float *out = g_new (float, 2 * (DECLICK + 1));

  set_up (&self);
  play (&self, ZAB_PREVIEW);
  assert_heard (&self, 1.0f);
  tell (&self, ZAB_COMMAND_UNLOAD, ZAB_PREVIEW, 0);
  zab_mixer_render (self.mixer, out, DECLICK + 1);
  g_assert_cmpfloat (out[0], !=, 0);
  g_assert_cmpfloat (out[2 * DECLICK], ==, 0);
  g_assert_true (zab_mixer_take_retired (self.mixer) == &self.sound);
  play (&self, ZAB_PREVIEW);
  zab_mixer_render (self.mixer, out, DECLICK);
  for (guint i = 0; i < 2 * DECLICK; i++)
    g_assert_cmpfloat (out[i], ==, 0);
  tear_down (&self);
}

static void
test_stop_all (void)
{
  Fixture self;

  set_up (&self);
  play (&self, ZAB_PREVIEW);
  assert_heard (&self, 1.0f);
  tell (&self, ZAB_COMMAND_STOP_ALL, ZAB_MASTER, 0);
  zab_mixer_apply_commands (self.mixer);
  g_assert_cmpuint (zab_mixer_get_n_sounding (self.mixer, ZAB_PREVIEW), ==, 0);
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rt/preview/solo", test_solo);
  zab_test_add ("/rt/preview/quantise", test_quantise);
  zab_test_add ("/rt/preview/exclusive", test_exclusive);
  zab_test_add ("/rt/preview/volume", test_volume);
  zab_test_add ("/rt/preview/ends", test_ends);
  zab_test_add ("/rt/preview/unload", test_unload);
  zab_test_add ("/rt/preview/stop-all", test_stop_all);
  return g_test_run ();
}
