/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "rt/zab-mixer.h"

/* What the mixer takes of the deadline: CPU time of a block as a part of the time that the block
 * lasts, on one core, at 48 kHz. All cases take turns, so that what else the machine does hits them
 * alike; medians of the rounds. */

enum
{
  RATE = 48000,
  LENGTH = 5 * RATE, /* of a loop, frames */
  N_SAMPLES = 16,    /* that the pads share, so that the cache has something to do */
  ROUNDS = 25,
  BLOCKS = 200 /* a round */
};

typedef struct
{
  const char *name;
  uint32_t    quantum;
  uint32_t    n_voices;
  float       speed;
  int         eq;
  int         quality;
  int         limiter;
  double      goal;  /* per cent; 0: there is none */
  int         alone; /* no pad is loaded that does not play */
} Case;

static const Case cases[] = {
  { "216 pads loaded, none plays", 64, 0, 1, 0, 0, 0, 0, 0 },
  { "1 loop, and 215 idle pads", 64, 1, 1, 0, 0, 0, 0, 0 },
  { "1 loop, and no other pad", 64, 1, 1, 0, 0, 0, 0, 1 },
  { "2 loops", 64, 2, 1, 0, 0, 0, 0, 0 },
  { "4 loops", 64, 4, 1, 0, 0, 0, 0, 0 },
  { "8 loops", 64, 8, 1, 0, 0, 0, 0, 0 },
  { "16 loops", 64, 16, 1, 0, 0, 0, 0, 0 },
  { "32 loops", 64, 32, 1, 0, 0, 0, 0, 0 },
  { "64 loops", 64, 64, 1, 0, 0, 0, 0, 0 },
  { "128 loops: gain, pan, meters", 64, 128, 1, 0, 0, 0, 5, 0 },
  { "128 loops, and the limiter", 64, 128, 1, 0, 0, 1, 0, 0 },
  { "128 loops", 256, 128, 1, 0, 0, 0, 0, 0 },
  { "128 loops", 1024, 128, 1, 0, 0, 0, 0, 0 },
  { "64 loops at speed 0.9", 64, 64, 0.9f, 0, 0, 0, 0, 0 },
  { "64 loops at speed 0.9, isolator", 64, 64, 0.9f, 1, 0, 0, 25, 0 },
  { "64 loops at speed 1.9, isolator", 64, 64, 1.9f, 1, 0, 0, 25, 0 },
  { "64 loops at speed 0.9, 64 taps, isolator", 64, 64, 0.9f, 1, 1, 0, 0, 0 },
};

enum
{
  N_CASES = sizeof cases / sizeof cases[0]
};

static double
cpu_seconds (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int
compare_doubles (const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static void
set_knobs (ZabMixer *mixer, const Case *self, uint32_t pad)
{
  zab_mixer_set_param (mixer, pad, ZAB_PARAM_GAIN, 0.02f);
  zab_mixer_set_param (mixer, pad, ZAB_PARAM_PAN, (float)pad / ZAB_N_PADS);
  zab_mixer_set_param (mixer, pad, ZAB_PARAM_SPEED, self->speed);
  if (self->eq)
    zab_mixer_set_param (mixer, pad, ZAB_PARAM_EQ_LOW, 0.5f);
}

static ZabMixer *
mixer_new (const Case *self, float **frames, float *out)
{
  ZabMixer *mixer = calloc (1, sizeof *mixer);

  zab_mixer_init (mixer, RATE);
  zab_mixer_set_quality (mixer, self->quality);
  zab_mixer_set_param (mixer, ZAB_MASTER, ZAB_PARAM_LIMITER, (float)self->limiter);
  for (uint32_t i = 0; i < (self->alone ? self->n_voices : ZAB_N_PADS); i++)
    {
      ZabSample *sample = calloc (1, sizeof *sample);

      *sample = (ZabSample){
        .frames = frames[i % N_SAMPLES], .n_frames = LENGTH, .channels = 2, .rate = RATE
      };
      zab_mixer_push (mixer,
                      &(ZabCommand){ .type = ZAB_COMMAND_LOAD_SAMPLE, .pad = i, .sample = sample });
      zab_mixer_push (mixer, &(ZabCommand){ .type = ZAB_COMMAND_SET_LOOP, .pad = i, .value = 1 });
      set_knobs (mixer, self, i);
      if (i < self->n_voices)
        zab_mixer_push (mixer,
                        &(ZabCommand){ .type = ZAB_COMMAND_PLAY, .pad = i, .velocity = 1.0f });
    }
  for (uint32_t i = 0; i < 100; i++) /* all has glided to its place */
    zab_mixer_render (mixer, out, 256);
  return mixer;
}

static double
measure (ZabMixer *mixer, const Case *self, float *out)
{
  const double start = cpu_seconds ();

  for (uint32_t i = 0; i < BLOCKS; i++)
    zab_mixer_render (mixer, out, self->quantum);
  return 100 * (cpu_seconds () - start) / ((double)BLOCKS * self->quantum / RATE);
}

static float *
make_loop (uint32_t seed)
{
  float *frames = malloc (2 * LENGTH * sizeof *frames);

  for (uint32_t i = 0; i < 2 * LENGTH; i++)
    {
      seed = seed * 1664525u + 1013904223u;
      frames[i] = (float)(int32_t)seed / 2147483648.0f;
    }
  return frames;
}

int
main (void)
{
  static double per_cent[N_CASES][ROUNDS];
  ZabMixer     *mixers[N_CASES];
  float        *frames[N_SAMPLES];
  float        *out = malloc (2 * 8192 * sizeof *out);
  int           failed = 0;

  for (uint32_t i = 0; i < N_SAMPLES; i++)
    frames[i] = make_loop (i);
  for (uint32_t i = 0; i < N_CASES; i++)
    mixers[i] = mixer_new (&cases[i], frames, out);
  for (uint32_t round = 0; round < ROUNDS; round++)
    for (uint32_t i = 0; i < N_CASES; i++)
      per_cent[i][round] = measure (mixers[i], &cases[i], out);
  printf ("%-42s %8s %12s %16s %6s\n", "", "quantum", "of deadline", "ns/voice/frame", "goal");
  for (uint32_t i = 0; i < N_CASES; i++)
    {
      const Case *self = &cases[i];
      double      median;

      qsort (per_cent[i], ROUNDS, sizeof per_cent[i][0], compare_doubles);
      median = per_cent[i][ROUNDS / 2];
      printf ("%-42s %8u %10.2f %% %16.2f", self->name, self->quantum, median,
              self->n_voices > 0 ? median * 1e7 / RATE / self->n_voices : 0.0);
      printf (self->goal > 0 ? " %4.0f %%\n" : "\n", self->goal);
      failed |= self->goal > 0 && median > self->goal;
    }
  return failed;
}
