/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples to the audio thread and back, with plain pthreads that the thread sanitizer knows: the
 * main thread loads, swaps, unloads and frees as fast as it can while another one renders. */
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "lib/zab-test.h"
#include "rt/zab-mixer.h"

enum
{
  RATE = 48000,
  N_LOADS = 20000,
  N_PADS = 12,
  N_FRAMES = 700,
  BLOCK = 64
};

typedef struct
{
  ZabMixer    *mixer;
  _Atomic bool stop;
  guint64      n_blocks;
  guint        n_wrong; /* values that no living sample has */
} Stage;

static void *
render (void *data)
{
  Stage *self = data;
  float  out[2 * BLOCK];

  while (!atomic_load (&self->stop))
    {
      zab_mixer_render (self->mixer, out, BLOCK);
      for (guint i = 0; i < 2 * BLOCK; i++)
        self->n_wrong += !(fabsf (out[i]) < 1.0f);
      self->n_blocks++;
      if (self->n_blocks % 16 == 0)
        sched_yield ();
    }
  return NULL;
}

static ZabSample *
sample_new (GRand *rand)
{
  ZabSample *sample = g_new0 (ZabSample, 1);
  float     *frames = g_new (float, N_FRAMES);

  for (guint i = 0; i < N_FRAMES; i++)
    frames[i] = 0.001f;
  sample->frames = frames;
  sample->n_frames = N_FRAMES;
  sample->channels = 1;
  sample->rate = g_rand_boolean (rand) ? RATE : 44100;
  return sample;
}

/* What is read after this is not a number, even where the allocator would let it pass. */
static guint
free_retired (ZabMixer *mixer)
{
  ZabSample *sample = zab_mixer_take_retired (mixer);
  guint      n = 0;

  while (sample != NULL)
    {
      ZabSample *next = sample->next_retired;

      g_assert_cmpuint (sample->n_voices, ==, 0);
      g_assert_cmpuint (sample->retiring, ==, 1);
      for (guint i = 0; i < N_FRAMES; i++)
        ((float *)sample->frames)[i] = NAN;
      g_free ((float *)sample->frames);
      g_free (sample);
      sample = next;
      n++;
    }
  return n;
}

static void
push (ZabMixer *mixer, ZabCommand command)
{
  while (!zab_mixer_push (mixer, &command))
    sched_yield ();
}

/* Every sample that went in comes out exactly once, and none while it is still read. */
static void
test_stress (void)
{
  static const ZabCommandType others[] = { ZAB_COMMAND_UNLOAD, ZAB_COMMAND_STOP, ZAB_COMMAND_PLAY,
                                           ZAB_COMMAND_PLAY,   ZAB_COMMAND_PLAY, ZAB_COMMAND_PLAY };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  Stage     stage = { .mixer = g_new0 (ZabMixer, 1) };
  guint     n_back = 0;
  pthread_t thread;

  zab_mixer_init (stage.mixer, RATE);
  g_assert_cmpint (pthread_create (&thread, NULL, render, &stage), ==, 0);
  for (guint i = 0; i < N_LOADS; i++)
    {
      const guint pad = (guint)g_rand_int_range (rand, 0, N_PADS);

      push (stage.mixer,
            (ZabCommand){ .type = i % 5 == 0 ? ZAB_COMMAND_REPLACE_SAMPLE : ZAB_COMMAND_LOAD_SAMPLE,
                          .pad = pad,
                          .sample = sample_new (rand) });
      push (stage.mixer,
            (ZabCommand){ .type = others[g_rand_int_range (rand, 0, G_N_ELEMENTS (others))],
                          .pad = (guint)g_rand_int_range (rand, 0, N_PADS),
                          .velocity = 1.0f });
      zab_mixer_set_param (stage.mixer, pad, ZAB_PARAM_GAIN, (float)g_rand_double (rand));
      n_back += free_retired (stage.mixer);
    }
  atomic_store (&stage.stop, true);
  pthread_join (thread, NULL);
  zab_mixer_drain (stage.mixer);
  n_back += free_retired (stage.mixer);
  g_assert_cmpuint (n_back, ==, N_LOADS);
  g_assert_cmpuint (stage.n_wrong, ==, 0);
  g_assert_cmpuint (stage.n_blocks, >, 0);
  g_free (stage.mixer);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rt/handover/stress", test_stress);
  return g_test_run ();
}
