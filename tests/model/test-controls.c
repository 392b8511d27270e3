/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the model is set to is what the mixer has, even where the ring was full for a while. */
#include <math.h>

#include "engine/load/zab-loader.h"
#include "model/zab-pad-private.h"
#include "zab-test-session.h"

enum
{
  BLOCK = 64,
};

static void
render (ZabTestSession *self)
{
  float out[2 * BLOCK];

  zab_engine_render (self->engine, out, BLOCK);
}

static ZabMixerPad *
get_mixer_pad (ZabTestSession *self, guint pad)
{
  return &self->engine->mixer->pads[pad];
}

static guint32
to_frames (double seconds)
{
  return (guint32)round (seconds * ZAB_TEST_SESSION_RATE);
}

static void
assert_knobs (const ZabMixerPad *have, ZabPad *pad)
{
  g_assert_cmpfloat (have->wanted, ==, (float)zab_pad_get_gain (pad));
  g_assert_cmpfloat (have->left.target, ==, sqrtf (1 - (float)zab_pad_get_pan (pad)));
  g_assert_cmpfloat (have->speed.target, ==, (float)zab_pad_get_speed (pad));
  g_assert_cmpfloat (have->eq.gains[ZAB_EQ_LOW].target, ==, (float)zab_pad_get_eq_low (pad));
  g_assert_cmpfloat (have->eq.gains[ZAB_EQ_MID].target, ==, (float)zab_pad_get_eq_mid (pad));
  g_assert_cmpfloat (have->eq.gains[ZAB_EQ_HIGH].target, ==, (float)zab_pad_get_eq_high (pad));
  g_assert_cmpint (have->mute, ==, zab_pad_get_mute (pad));
  g_assert_cmpint (have->solo, ==, zab_pad_get_solo (pad));
  g_assert_cmpfloat (have->attack, ==, (float)zab_pad_get_attack (pad));
  g_assert_cmpfloat (have->release, ==, (float)zab_pad_get_release (pad));
  g_assert_cmpfloat (have->cut.crossfade, ==, (float)zab_pad_get_crossfade (pad));
}

static void
assert_points (const ZabCut *cut, ZabPad *pad)
{
  const double end = zab_pad_get_end (pad);
  const double loop_end = zab_pad_get_loop_end (pad);

  g_assert_cmpuint (cut->start, ==, to_frames (zab_pad_get_start (pad)));
  g_assert_cmpuint (cut->end, ==, end > 0 ? to_frames (end) : ZAB_TO_THE_END);
  g_assert_cmpuint (cut->loop_start, ==, to_frames (zab_pad_get_loop_start (pad)));
  g_assert_cmpuint (cut->loop_end, ==, loop_end > 0 ? to_frames (loop_end) : ZAB_TO_THE_END);
}

/* Points, only where there is a sound that they can be of. */
static void
assert_same (ZabTestSession *self, guint index)
{
  const ZabMixerPad *have = get_mixer_pad (self, index);
  ZabPad            *pad = zab_test_session_get_pad (self, index);

  g_assert_cmpint ((int)have->mode, ==, (int)zab_pad_get_mode (pad));
  g_assert_cmpint (have->loop, ==,
                   zab_pad_get_loop (pad)
                       && (zab_pad_get_mode (pad) == ZAB_PAD_MODE_GATE
                           || zab_pad_get_mode (pad) == ZAB_PAD_MODE_TOGGLE));
  g_assert_cmpint ((int)have->retrigger, ==, (int)zab_pad_get_retrigger (pad));
  g_assert_cmpint ((int)have->quantise, ==, (int)zab_pad_get_quantise (pad));
  g_assert_cmpuint (have->choke, ==, zab_pad_get_choke (pad));
  g_assert_cmpint (have->cut.ping_pong, ==, zab_pad_get_ping_pong (pad));
  g_assert_cmpint (have->cut.reverse, ==, zab_pad_get_reverse (pad));
  assert_knobs (have, pad);
  if (zab_pad_get_has_sample (pad))
    assert_points (&have->cut, pad);
}

static double
random_number (GRand *rand, GParamSpec *spec)
{
  if (G_IS_PARAM_SPEC_DOUBLE (spec))
    return g_rand_double_range (rand, G_PARAM_SPEC_DOUBLE (spec)->minimum,
                                MIN (G_PARAM_SPEC_DOUBLE (spec)->maximum, 100));
  if (G_IS_PARAM_SPEC_UINT (spec))
    return g_rand_int_range (rand, 0, (int)G_PARAM_SPEC_UINT (spec)->maximum + 1);
  if (G_IS_PARAM_SPEC_ENUM (spec))
    return g_rand_int_range (rand, 0, G_PARAM_SPEC_ENUM (spec)->enum_class->maximum + 1);
  return g_rand_boolean (rand);
}

static void
randomise (ZabTestSession *self, guint seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < ZAB_N_PADS; i++)
    for (guint prop = ZAB_PAD_PROP_MODE; prop < ZAB_PAD_N_PROPS; prop++)
      zab_pad_set_number (zab_test_session_get_pad (self, i), prop,
                          random_number (rand, zab_pad_get_spec (prop)));
}

/* Presses of an empty pad, until one is refused. */
static void
fill_ring (ZabTestSession *self)
{
  while (zab_engine_stop_pad (self->engine, ZAB_N_PADS - 1))
    ;
  g_assert_cmpuint (zab_engine_get_room (self->engine), ==, 0);
}

static gboolean
has_settled (ZabTestSession *self)
{
  render (self);
  return zab_session_flush (self->session)
         && zab_engine_get_room (self->engine) == ZAB_QUEUE_LENGTH;
}

/* Knobs come a few at a time. */
static void
let_knobs_come (ZabTestSession *self)
{
  for (guint i = 0; i < (ZAB_N_PADS + 1) * ZAB_N_PARAMS / ZAB_MAX_CHANGES + 1; i++)
    render (self);
}

static void
test_each_setting (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  ZabPad *pad;

  zab_test_session_init (&self);
  zab_test_session_load_sound (&self, 7, "a.wav", 1);
  pad = zab_test_session_get_pad (&self, 7);
  render (&self);
  assert_same (&self, 7);
  for (guint i = 0; i < 10; i++)
    for (guint prop = ZAB_PAD_PROP_MODE; prop < ZAB_PAD_N_PROPS; prop++)
      {
        zab_pad_set_number (pad, prop, random_number (rand, zab_pad_get_spec (prop)));
        render (&self);
        assert_same (&self, 7);
      }
  zab_session_clear (self.session, 7);
  render (&self);
  assert_same (&self, 7);
}

static void
test_master (void)
{
  g_auto (ZabTestSession) self;
  ZabMixer *mixer;

  zab_test_session_init (&self);
  mixer = self.engine->mixer;
  render (&self);
  g_assert_cmpfloat (mixer->volume.target, ==, 0.7f);
  g_assert_false (zab_ramp_at (&mixer->limiter.wet, mixer->now) > 0);
  g_object_set (self.session, "tempo", 99.5, "metre-beats", 7, "metre-unit", 8, "quantise",
                ZAB_PAD_QUANTISE_2_BARS, "exclusive", TRUE, "speed", 0.5, "volume", 0.25, "limiter",
                TRUE, NULL);
  render (&self);
  g_assert_cmpuint (mixer->transport.tempo, ==, 99500);
  g_assert_cmpuint (mixer->transport.beats, ==, 7);
  g_assert_cmpuint (mixer->transport.unit, ==, 8);
  g_assert_cmpint (mixer->quantise, ==, ZAB_QUANTISE_2_BARS);
  g_assert_true (mixer->exclusive);
  g_assert_cmpfloat (mixer->speed.target, ==, 0.5f);
  g_assert_cmpfloat (mixer->volume.target, ==, 0.25f);
  g_assert_cmpfloat (mixer->limiter.wet.target, ==, 1);
}

/* Metres that the engine would refuse never get to it. */
static void
test_master_limits (void)
{
  g_auto (ZabTestSession) self;

  zab_test_session_init (&self);
  for (guint unit = 1; unit <= 16; unit++)
    {
      zab_session_set_metre_unit (self.session, unit);
      g_assert_cmpuint (zab_session_get_metre_unit (self.session), ==,
                        1u << (g_bit_storage (unit) - 1));
    }
  zab_session_set_metre_unit (self.session, 0);
  g_assert_cmpuint (zab_session_get_metre_unit (self.session), ==, 1);
  zab_session_set_metre_beats (self.session, 33);
  g_assert_cmpuint (zab_session_get_metre_beats (self.session), ==, 32);
  zab_session_set_tempo (self.session, 1);
  g_assert_cmpfloat (zab_session_get_tempo (self.session), ==, 20);
  zab_session_set_quantise (self.session, ZAB_PAD_QUANTISE_FOLLOW);
  g_assert_cmpint (zab_session_get_quantise (self.session), ==, ZAB_PAD_QUANTISE_OFF);
  render (&self);
  g_assert_cmpuint (self.engine->mixer->transport.beats, ==, 32);
  g_assert_cmpuint (self.engine->mixer->transport.unit, ==, 1);
  g_assert_cmpuint (self.engine->mixer->transport.tempo, ==, 20000);
}

/* Points that were set before there was a sound. */
static void
test_points_wait_for_the_sound (void)
{
  g_auto (ZabTestSession) self;
  ZabPad *pad;

  zab_test_session_init (&self);
  pad = zab_test_session_get_pad (&self, 3);
  zab_pad_set_start (pad, 0.005);
  zab_pad_set_loop_end (pad, 0.0101);
  render (&self);
  g_assert_cmpuint (get_mixer_pad (&self, 3)->cut.start, ==, 0);
  zab_test_session_load_sound (&self, 3, "a.wav", 1);
  render (&self);
  g_assert_cmpuint (get_mixer_pad (&self, 3)->cut.start, ==, 240);
  g_assert_cmpuint (get_mixer_pad (&self, 3)->cut.end, ==, ZAB_TO_THE_END);
  g_assert_cmpuint (get_mixer_pad (&self, 3)->cut.loop_start, ==, 0);
  g_assert_cmpuint (get_mixer_pad (&self, 3)->cut.loop_end, ==, 485);
}

/* As the engine does when the graph changes its rate. */
static void
change_rate (ZabTestSession *self, guint rate)
{
  self->engine->rate = rate;
  zab_loader_set_rate (self->engine->loader, rate);
  zab_mixer_set_rate (self->engine->mixer, rate);
  zab_engine_load_sample_async (self->engine, 0, self->engine->pads[0].file, NULL, NULL, NULL);
  zab_test_wait_until (zab_engine_get_request (self->engine, 0) == 0);
}

/* Seconds are what is kept: frames do not wander, however often the rate changes. */
static void
test_points_at_another_rate (void)
{
  g_auto (ZabTestSession) self;
  ZabPad *pad;

  zab_test_session_init (&self);
  zab_test_session_load_sound (&self, 0, "a.wav", 1);
  pad = zab_test_session_get_pad (&self, 0);
  zab_pad_set_start (pad, 0.01037);
  zab_pad_set_loop_start (pad, 0.012);
  render (&self);
  g_assert_cmpuint (get_mixer_pad (&self, 0)->cut.start, ==, 498);
  change_rate (&self, 44100);
  render (&self);
  g_assert_cmpuint (get_mixer_pad (&self, 0)->cut.start, ==, 457); /* 498 would have become 458 */
  g_assert_cmpuint (get_mixer_pad (&self, 0)->cut.loop_start, ==, 529);
  g_assert_cmpuint (get_mixer_pad (&self, 0)->cut.end, ==, ZAB_TO_THE_END);
  change_rate (&self, ZAB_TEST_SESSION_RATE);
  render (&self);
  g_assert_cmpuint (get_mixer_pad (&self, 0)->cut.start, ==, 498);
}

/* A set with everything in it, onto a ring that takes nothing. */
static void
test_full_ring (void)
{
  g_auto (ZabTestSession) self;

  zab_test_session_init (&self);
  for (guint i = 0; i < 20; i++)
    zab_test_session_load_sound (&self, i * 10, "a.wav", 1);
  render (&self);
  fill_ring (&self);
  randomise (&self, 2);
  zab_session_set_tempo (self.session, 77);
  g_assert_false (zab_session_flush (self.session));
  g_assert_cmpint ((int)get_mixer_pad (&self, 0)->mode, ==, ZAB_LAUNCH_ONE_SHOT);
  render (&self);
  zab_test_wait_until (has_settled (&self));
  let_knobs_come (&self);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    assert_same (&self, i);
  g_assert_cmpuint (self.engine->mixer->transport.tempo, ==, 77000);
  g_assert_cmpuint (self.messages->len, ==, 0);
}

/* By itself: nobody else has to ask. */
static void
test_retry (void)
{
  g_auto (ZabTestSession) self;

  zab_test_session_init (&self);
  fill_ring (&self);
  zab_pad_set_choke (zab_test_session_get_pad (&self, 215), 8);
  render (&self);
  render (&self);
  g_assert_cmpuint (get_mixer_pad (&self, 215)->choke, ==, 0);
  zab_test_wait_until (zab_engine_get_room (self.engine) < ZAB_QUEUE_LENGTH);
  render (&self);
  g_assert_cmpuint (get_mixer_pad (&self, 215)->choke, ==, 8);
}

/* What is only set never takes the ring away from what is played and loaded. */
static void
test_leaves_room (void)
{
  g_auto (ZabTestSession) self;

  zab_test_session_init (&self);
  zab_test_session_load_sound (&self, 0, "a.wav", 1);
  for (guint i = 0; i < 10; i++)
    randomise (&self, i);
  g_assert_false (zab_session_flush (self.session));
  g_assert_cmpuint (zab_engine_get_room (self.engine), ==, ZAB_QUEUE_LENGTH / 2);
  g_assert_true (zab_engine_stop_all (self.engine));
}

/* A pad that is played has its settings first. */
static void
test_settings_before_play (void)
{
  g_auto (ZabTestSession) self;

  zab_test_session_init (&self);
  zab_test_session_load_sound (&self, 9, "a.wav", 1);
  fill_ring (&self);
  zab_pad_set_start (zab_test_session_get_pad (&self, 9), 0.01);
  zab_session_play (self.session, 9, 1);
  g_assert_cmpuint (self.messages->len, ==, 1);
  render (&self);
  zab_session_play (self.session, 9, 1);
  g_assert_cmpuint (self.messages->len, ==, 1);
  render (&self);
  g_assert_cmpuint (get_mixer_pad (&self, 9)->cut.start, ==, 480);
  g_assert_cmpuint (zab_mixer_get_position (self.engine->mixer, 9), ==, 480 + BLOCK);
}

/* A gate that can't be let go of at once is let go of soon; unless it is pressed again. */
static void
test_release_when_full (void)
{
  g_auto (ZabTestSession) self;

  zab_test_session_init (&self);
  zab_test_session_load_sound (&self, 0, "a.wav", 1);
  zab_pad_set_mode (zab_test_session_get_pad (&self, 0), ZAB_PAD_MODE_GATE);
  zab_session_play (self.session, 0, 1);
  render (&self);
  fill_ring (&self);
  zab_session_release (self.session, 0);
  render (&self);
  g_assert_cmpuint (zab_mixer_get_n_sounding (self.engine->mixer, 0), ==, 1);
  zab_test_wait_until (zab_engine_get_room (self.engine) < ZAB_QUEUE_LENGTH);
  render (&self);
  g_assert_cmpuint (zab_mixer_get_n_sounding (self.engine->mixer, 0), ==, 0);
  fill_ring (&self);
  zab_session_release (self.session, 0);
  render (&self);
  zab_session_play (self.session, 0, 1);
  g_assert_true (zab_session_flush (self.session));
  render (&self);
  g_assert_cmpuint (zab_mixer_get_n_sounding (self.engine->mixer, 0), ==, 1);
  g_assert_cmpuint (self.messages->len, ==, 0);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/controls/each-setting", test_each_setting);
  zab_test_add ("/model/controls/master", test_master);
  zab_test_add ("/model/controls/master-limits", test_master_limits);
  zab_test_add ("/model/controls/points-wait-for-the-sound", test_points_wait_for_the_sound);
  zab_test_add ("/model/controls/points-at-another-rate", test_points_at_another_rate);
  zab_test_add ("/model/controls/full-ring", test_full_ring);
  zab_test_add ("/model/controls/retry", test_retry);
  zab_test_add ("/model/controls/leaves-room", test_leaves_room);
  zab_test_add ("/model/controls/settings-before-play", test_settings_before_play);
  zab_test_add ("/model/controls/release-when-full", test_release_when_full);
  return g_test_run ();
}
