/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "lib/zab-test-signal.h"
#include "lib/zab-test.h"
#include "rt/zab-mixer.h"

enum
{
  RATE = 48000,
  ATTACK = RATE * 3 / 1000,
  RELEASE = RATE * 3 / 1000, /* of a stop */
  CUT = RATE * 5 / 1000,     /* of what something else takes the place of; and glides */
  LENGTH = 4800,             /* of most samples, frames */
};

static ZabSample *
sample_new (guint64 n_frames, guint channels, float value)
{
  ZabSample *sample = g_new0 (ZabSample, 1);
  float     *frames = g_new (float, n_frames *channels);

  for (guint64 i = 0; i < n_frames * channels; i++)
    frames[i] = value;
  sample->frames = frames;
  sample->n_frames = n_frames;
  sample->channels = channels;
  sample->rate = RATE;
  return sample;
}

static void
sample_free (ZabSample *sample)
{
  g_free ((float *)sample->frames);
  g_free (sample);
}

static ZabMixer *
mixer_new (void)
{
  ZabMixer *mixer = g_new0 (ZabMixer, 1);

  zab_mixer_init (mixer, RATE);
  return mixer;
}

static guint
free_retired (ZabMixer *mixer)
{
  ZabSample *sample = zab_mixer_take_retired (mixer);
  guint      n = 0;

  while (sample != NULL)
    {
      ZabSample *next = sample->next_retired;

      sample_free (sample);
      sample = next;
      n++;
    }
  return n;
}

static void
mixer_free (ZabMixer *mixer)
{
  zab_mixer_drain (mixer);
  free_retired (mixer);
  g_free (mixer);
}

static void
push (ZabMixer *mixer, ZabCommand command)
{
  g_assert_true (zab_mixer_push (mixer, &command));
}

static void
load (ZabMixer *mixer, guint pad, ZabSample *sample)
{
  push (mixer, (ZabCommand){ .type = ZAB_COMMAND_LOAD_SAMPLE, .pad = pad, .sample = sample });
}

static void
play (ZabMixer *mixer, guint pad, float velocity)
{
  push (mixer, (ZabCommand){ .type = ZAB_COMMAND_PLAY, .pad = pad, .velocity = velocity });
}

static void
tell (ZabMixer *mixer, ZabCommandType type, guint pad)
{
  push (mixer, (ZabCommand){ .type = type, .pad = pad });
}

static void
set_loop (ZabMixer *mixer, guint pad, gboolean loop)
{
  push (mixer, (ZabCommand){ .type = ZAB_COMMAND_SET_LOOP, .pad = pad, .value = loop != FALSE });
}

static float *
render (ZabMixer *mixer, guint n_frames)
{
  float *out = g_new (float, 2 * n_frames);

  zab_mixer_render (mixer, out, n_frames);
  return out;
}

/* How far up a fade is @step frames from its silent end. */
static float
fade (gint64 step, gint64 length)
{
  return step > length ? 1.0f : (float)step / (float)(length + 1);
}

static void
test_silence (void)
{
  ZabMixer         *mixer = mixer_new ();
  g_autofree float *out = NULL;

  play (mixer, 3, 1.0f); /* an empty pad */
  out = render (mixer, 256);
  for (guint i = 0; i < 512; i++)
    g_assert_true (out[i] == 0.0f && !signbit (out[i]));
  mixer_free (mixer);
}

/* A one-shot: a rise, the sample's own bits, a fall, and then nothing. */
static void
test_one_shot (void)
{
  ZabMixer         *mixer = mixer_new ();
  ZabSample        *sample = sample_new (LENGTH, 2, 0);
  g_autofree float *counter = g_new (float, 2 * LENGTH);
  g_autofree float *out = NULL;

  zab_test_fill_counter (counter, LENGTH, 2, 0);
  memcpy ((float *)sample->frames, counter, 2 * LENGTH * sizeof (float));
  load (mixer, 0, sample);
  play (mixer, 0, 1.0f);
  out = render (mixer, LENGTH + 100);
  for (gint64 i = 0; i < LENGTH; i++)
    for (gint64 c = 0; c < 2; c++)
      {
        const float level = fade (i + 1, ATTACK) * fade (LENGTH - i, CUT);

        g_assert_true (out[2 * i + c] == counter[2 * i + c] * level);
      }
  for (guint i = 2 * LENGTH; i < 2 * (LENGTH + 100); i++)
    g_assert_true (out[i] == 0.0f);
  g_assert_cmpuint (zab_mixer_get_n_voices (mixer, 0), ==, 0);
  mixer_free (mixer);
}

/* Mono sounds alike on both sides; velocity, gain and volume multiply. */
static void
test_levels (void)
{
  ZabMixer         *mixer = mixer_new ();
  g_autofree float *out = NULL;

  load (mixer, 7, sample_new (LENGTH, 1, 1.0f));
  zab_mixer_set_param (mixer, 7, ZAB_PARAM_GAIN, 0.5f);
  zab_mixer_set_param (mixer, ZAB_MASTER, ZAB_PARAM_GAIN, 0.25f);
  g_free (render (mixer, CUT)); /* gains glide: let them arrive */
  play (mixer, 7, 0.5f);
  out = render (mixer, 1000);
  for (guint i = ATTACK; i < 1000; i++)
    {
      g_assert_true (out[2 * i] == 0.0625f);
      g_assert_true (out[2 * i + 1] == 0.0625f);
    }
  mixer_free (mixer);
}

/* No change of level is a step. */
static void
test_gain_glides (void)
{
  ZabMixer         *mixer = mixer_new ();
  g_autofree float *out = NULL;

  load (mixer, 0, sample_new (LENGTH, 1, 1.0f));
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 1000));
  zab_mixer_set_param (mixer, 0, ZAB_PARAM_GAIN, 0.0f);
  zab_mixer_set_param (mixer, ZAB_MASTER, ZAB_PARAM_GAIN, 0.5f);
  out = render (mixer, 1000);
  g_assert_cmpfloat_with_epsilon (out[0], 1.0f, 1e-6);
  g_assert_true (out[2 * 999] == 0.0f);
  for (guint i = 1; i < 1000; i++)
    g_assert_cmpfloat (fabsf (out[2 * i] - out[2 * i - 2]), <=, 1.6f / CUT);
  mixer_free (mixer);
}

static void
test_loop (void)
{
  ZabMixer         *mixer = mixer_new ();
  ZabSample        *sample = sample_new (1000, 1, 0);
  g_autofree float *out = NULL;

  for (guint i = 0; i < 1000; i++)
    ((float *)sample->frames)[i] = (float)(i + 1) / 1024.0f;
  load (mixer, 0, sample);
  set_loop (mixer, 0, TRUE);
  play (mixer, 0, 1.0f);
  out = render (mixer, 10300);
  for (guint i = ATTACK; i < 10300; i++)
    g_assert_true (out[2 * i] == (float)(i % 1000 + 1) / 1024.0f);
  g_assert_cmpuint (zab_mixer_get_n_voices (mixer, 0), ==, 1);
  g_assert_cmpuint (zab_mixer_get_position (mixer, 0), ==, 300);
  mixer_free (mixer);
}

/* Loop off: the round is finished, with the one-shot's fall. */
static void
test_loop_off (void)
{
  ZabMixer         *mixer = mixer_new ();
  g_autofree float *out = NULL;

  load (mixer, 0, sample_new (LENGTH, 1, 1.0f));
  set_loop (mixer, 0, TRUE);
  play (mixer, 0, 1.0f);
  g_free (render (mixer, LENGTH + 1000));
  set_loop (mixer, 0, FALSE);
  out = render (mixer, LENGTH);
  for (guint i = 0; i < LENGTH; i++)
    {
      const gint64 left = LENGTH - 1000 - (gint64)i;
      const float  expected = left > 0 ? fade (left, CUT) : 0.0f;

      g_assert_true (out[2 * i] == expected);
    }
  mixer_free (mixer);
}

/* Turned at any moment of the sample's last frames, the loop switch makes no step. */
static void
test_loop_switch_in_tail (void)
{
  for (guint at = LENGTH - CUT - 2; at < LENGTH; at += 7)
    for (guint first = 0; first < 2; first++)
      {
        ZabMixer         *mixer = mixer_new ();
        g_autofree float *a = NULL;
        g_autofree float *b = NULL;
        float             last;

        load (mixer, 0, sample_new (LENGTH, 1, 1.0f));
        set_loop (mixer, 0, first == 1);
        play (mixer, 0, 1.0f);
        a = render (mixer, at);
        set_loop (mixer, 0, first == 0);
        b = render (mixer, CUT * 2);
        last = a[2 * at - 2];
        for (guint i = 0; i < CUT * 2; i++)
          {
            g_assert_cmpfloat (fabsf (b[2 * i] - last), <=, 1.01f / CUT);
            last = b[2 * i];
          }
        mixer_free (mixer);
      }
}

static void
test_stop (void)
{
  ZabMixer         *mixer = mixer_new ();
  g_autofree float *out = NULL;

  load (mixer, 0, sample_new (LENGTH, 1, 1.0f));
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 1000));
  tell (mixer, ZAB_COMMAND_STOP, 0);
  out = render (mixer, 1000);
  for (gint64 i = 0; i < 1000; i++)
    g_assert_true (out[2 * i] == (i < RELEASE ? fade (RELEASE - i, RELEASE) : 0.0f));
  g_assert_cmpuint (zab_mixer_get_n_voices (mixer, 0), ==, 0);
  mixer_free (mixer);
}

static void
test_stop_all (void)
{
  ZabMixer *mixer = mixer_new ();

  for (guint i = 0; i < 10; i++)
    {
      load (mixer, i * 20, sample_new (LENGTH, 1, 0.1f));
      set_loop (mixer, i * 20, TRUE);
      play (mixer, i * 20, 1.0f);
    }
  g_free (render (mixer, 1000));
  tell (mixer, ZAB_COMMAND_STOP_ALL, 0);
  g_free (render (mixer, RELEASE));
  for (guint i = 0; i < ZAB_N_PADS; i++)
    g_assert_cmpuint (zab_mixer_get_n_voices (mixer, i), ==, 0);
  mixer_free (mixer);
}

static void
assert_counts (ZabMixer *mixer, guint n_voices, guint n_sounding)
{
  g_assert_cmpuint (zab_mixer_get_n_voices (mixer, 0), ==, n_voices);
  g_assert_cmpuint (zab_mixer_get_n_sounding (mixer, 0), ==, n_sounding);
}

/* Which voices are ending, whatever it is that ends them. */
static void
test_counts (void)
{
  ZabMixer *mixer = mixer_new ();

  load (mixer, 0, sample_new (LENGTH, 1, 0.5f));
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 10));
  assert_counts (mixer, 1, 1);
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 10));
  assert_counts (mixer, 2, 1);
  g_free (render (mixer, CUT));
  assert_counts (mixer, 1, 1);
  tell (mixer, ZAB_COMMAND_STOP, 0);
  g_free (render (mixer, 10));
  assert_counts (mixer, 1, 0);
  tell (mixer, ZAB_COMMAND_STOP, 0);
  g_free (render (mixer, RELEASE));
  assert_counts (mixer, 0, 0);
  play (mixer, 0, 1.0f);
  g_free (render (mixer, LENGTH + 10));
  assert_counts (mixer, 0, 0);
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 10));
  load (mixer, 0, sample_new (LENGTH, 1, 0.5f));
  g_free (render (mixer, 10));
  assert_counts (mixer, 1, 0);
  mixer_free (mixer);
}

/* For the bar: until it is there, or nobody wants it any more. */
static void
test_waits (void)
{
  ZabMixer *mixer = mixer_new ();

  load (mixer, 0, sample_new (LENGTH, 1, 0.5f));
  push (mixer,
        (ZabCommand){ .type = ZAB_COMMAND_SET_QUANTISE, .pad = 0, .value = ZAB_QUANTISE_1_BAR });
  tell (mixer, ZAB_COMMAND_START_TRANSPORT, ZAB_MASTER);
  g_free (render (mixer, 100));
  g_assert_false (zab_mixer_get_waits (mixer, 0));
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 100));
  g_assert_true (zab_mixer_get_waits (mixer, 0));
  assert_counts (mixer, 0, 0);
  tell (mixer, ZAB_COMMAND_STOP, 0);
  g_free (render (mixer, 100));
  g_assert_false (zab_mixer_get_waits (mixer, 0));
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 2 * RATE));
  g_assert_false (zab_mixer_get_waits (mixer, 0));
  assert_counts (mixer, 1, 1);
  mixer_free (mixer);
}

/* The pad starts anew while what it played fades away under it. */
static void
test_retrigger (void)
{
  ZabMixer         *mixer = mixer_new ();
  g_autofree float *out = NULL;

  load (mixer, 0, sample_new (LENGTH, 1, 0.5f));
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 1000));
  play (mixer, 0, 1.0f);
  out = render (mixer, 1000);
  for (gint64 i = 0; i < 1000; i++)
    {
      const float old = i < CUT ? 0.5f * fade (CUT - i, CUT) : 0.0f;

      g_assert_cmpfloat_with_epsilon (out[2 * i], old + 0.5f * fade (i + 1, ATTACK), 1e-6);
    }
  g_assert_cmpuint (zab_mixer_get_n_voices (mixer, 0), ==, 1);
  g_assert_cmpuint (zab_mixer_get_position (mixer, 0), ==, 1000);
  mixer_free (mixer);
}

/* A sample comes back once nothing plays it any more, and not before. */
static void
test_swap_retires (void)
{
  ZabMixer         *mixer = mixer_new ();
  ZabSample        *old = sample_new (LENGTH, 1, 0.5f);
  g_autofree float *out = NULL;

  load (mixer, 0, old);
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 1000));
  load (mixer, 0, sample_new (LENGTH, 1, 0.25f));
  out = render (mixer, CUT - 1);
  for (gint64 i = 0; i < CUT - 1; i++)
    g_assert_true (out[2 * i] == 0.5f * fade (CUT - i, CUT));
  g_assert_null (zab_mixer_take_retired (mixer));
  g_free (render (mixer, 1));
  g_assert_true (zab_mixer_take_retired (mixer) == old);
  sample_free (old);
  g_assert_null (zab_mixer_take_retired (mixer));
  mixer_free (mixer);
}

static void
test_silent_swap_retires_at_once (void)
{
  ZabMixer *mixer = mixer_new ();

  for (guint i = 0; i < 5; i++)
    load (mixer, 9, sample_new (10, 2, 1.0f));
  g_free (render (mixer, 1));
  g_assert_cmpuint (free_retired (mixer), ==, 4);
  tell (mixer, ZAB_COMMAND_UNLOAD, 9);
  g_free (render (mixer, 1));
  g_assert_cmpuint (free_retired (mixer), ==, 1);
  mixer_free (mixer);
}

static void
test_drain_retires_all (void)
{
  ZabMixer *mixer = mixer_new ();

  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      load (mixer, i, sample_new (LENGTH, 1, 0.01f));
      play (mixer, i, 1.0f);
    }
  g_free (render (mixer, 64));
  load (mixer, 0, sample_new (10, 1, 1.0f)); /* still in the ring */
  zab_mixer_drain (mixer);
  g_assert_cmpuint (free_retired (mixer), ==, ZAB_N_PADS + 1);
  g_free (mixer);
}

static void
test_ring_full (void)
{
  ZabMixer        *mixer = mixer_new ();
  const ZabCommand command = { .type = ZAB_COMMAND_STOP_ALL };

  for (guint i = 0; i < ZAB_QUEUE_LENGTH; i++)
    g_assert_true (zab_mixer_push (mixer, &command));
  g_assert_false (zab_mixer_push (mixer, &command));
  g_free (render (mixer, 1));
  g_assert_true (zab_mixer_push (mixer, &command));
  mixer_free (mixer);
}

/* Tiny samples are heard, and huge trigger storms stay within the voices and without steps. */
static void
test_tiny_samples (void)
{
  for (guint n = 1; n < 20; n++)
    {
      ZabMixer         *mixer = mixer_new ();
      g_autofree float *out = NULL;
      float             peak = 0;

      load (mixer, 0, sample_new (n, 1, 1.0f));
      play (mixer, 0, 1.0f);
      out = render (mixer, 64);
      for (guint i = 0; i < 64; i++)
        peak = MAX (peak, out[2 * i]);
      g_assert_true (peak == 1.0f);
      g_assert_true (out[2 * n] == 0.0f);
      mixer_free (mixer);
    }
}

static void
test_voice_limit (void)
{
  ZabMixer *mixer = mixer_new ();
  guint     n = 0;

  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      load (mixer, i, sample_new (LENGTH, 1, 0.001f));
      set_loop (mixer, i, TRUE);
    }
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      play (mixer, i, 1.0f);
      g_free (render (mixer, 16));
    }
  g_free (render (mixer, CUT));
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      const guint voices = zab_mixer_get_n_voices (mixer, i);

      g_assert_cmpuint (voices, ==, i >= ZAB_N_PADS - ZAB_MAX_SOUNDING ? 1 : 0);
      n += voices;
    }
  g_assert_cmpuint (n, ==, ZAB_MAX_SOUNDING);
  mixer_free (mixer);
}

/* What a random script does at a frame. */
static void
random_command (GRand *rand, ZabMixer *mixer)
{
  const guint pad = (guint)g_rand_int_range (rand, 0, 12);

  switch (g_rand_int_range (rand, 0, 10))
    {
    case 0:
      load (mixer, pad,
            sample_new ((guint64)g_rand_int_range (rand, 1, 5000),
                        (guint)g_rand_int_range (rand, 1, 3),
                        (float)g_rand_double_range (rand, -1, 1)));
      break;
    case 1:
      tell (mixer, ZAB_COMMAND_UNLOAD, pad);
      break;
    case 2:
      tell (mixer, ZAB_COMMAND_STOP, pad);
      break;
    case 3:
      set_loop (mixer, pad, g_rand_boolean (rand));
      break;
    case 4:
      zab_mixer_set_param (mixer, pad, ZAB_PARAM_GAIN, (float)g_rand_double (rand));
      break;
    case 5:
      zab_mixer_set_param (mixer, ZAB_MASTER, ZAB_PARAM_GAIN, (float)g_rand_double (rand));
      break;
    default:
      play (mixer, pad, (float)g_rand_double (rand));
    }
}

/* The same script of 40,000 frames with a command every 1..400 of them, in blocks of @block. */
static float *
render_script (guint32 seed, guint block)
{
  enum
  {
    TOTAL = 40000
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  ZabMixer *mixer = mixer_new ();
  float    *out = g_new (float, 2 * TOTAL);
  guint     next = 0;

  for (guint now = 0; now < TOTAL;)
    {
      guint n;

      while (next <= now)
        {
          random_command (rand, mixer);
          next = now + (guint)g_rand_int_range (rand, 0, 400);
          if (next == now)
            next = now; /* several at one frame are allowed */
        }
      n = MIN (MIN (block, next - now), TOTAL - now);
      zab_mixer_render (mixer, out + 2 * now, n);
      free_retired (mixer);
      now += n;
    }
  mixer_free (mixer);
  return out;
}

static void
test_block_size_changes_nothing (void)
{
  const guint blocks[] = { 2, 7, 64, 100, 1024, 8192 };

  for (guint32 seed = 1; seed <= 20; seed++)
    {
      g_autofree float *reference = render_script (seed, 1);
      double            energy = 0;

      for (guint i = 0; i < 80000; i++)
        energy += (double)(reference[i] * reference[i]);
      g_assert_cmpfloat (energy, >, 1.0);
      for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
        {
          g_autofree float *out = render_script (seed, blocks[i]);

          g_assert_cmpmem (out, 80000 * sizeof (float), reference, 80000 * sizeof (float));
        }
    }
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rt/mixer/silence", test_silence);
  zab_test_add ("/rt/mixer/one-shot", test_one_shot);
  zab_test_add ("/rt/mixer/levels", test_levels);
  zab_test_add ("/rt/mixer/gain-glides", test_gain_glides);
  zab_test_add ("/rt/mixer/loop", test_loop);
  zab_test_add ("/rt/mixer/loop-off", test_loop_off);
  zab_test_add ("/rt/mixer/loop-switch-in-tail", test_loop_switch_in_tail);
  zab_test_add ("/rt/mixer/stop", test_stop);
  zab_test_add ("/rt/mixer/stop-all", test_stop_all);
  zab_test_add ("/rt/mixer/counts", test_counts);
  zab_test_add ("/rt/mixer/waits", test_waits);
  zab_test_add ("/rt/mixer/retrigger", test_retrigger);
  zab_test_add ("/rt/mixer/swap-retires", test_swap_retires);
  zab_test_add ("/rt/mixer/silent-swap-retires-at-once", test_silent_swap_retires_at_once);
  zab_test_add ("/rt/mixer/drain-retires-all", test_drain_retires_all);
  zab_test_add ("/rt/mixer/ring-full", test_ring_full);
  zab_test_add ("/rt/mixer/tiny-samples", test_tiny_samples);
  zab_test_add ("/rt/mixer/voice-limit", test_voice_limit);
  zab_test_add ("/rt/mixer/block-size-changes-nothing", test_block_size_changes_nothing);
  return g_test_run ();
}
