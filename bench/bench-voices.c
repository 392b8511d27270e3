/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-voices: the same looping stereo sounds, mixed offline by Zabumba and by others, in blocks
 * of 64 frames at 48 kHz. All take turns, so that what else the machine does hits them alike;
 * medians of the rounds, as parts of the time that a block lasts. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench-fluid.h"
#include "rt/zab-mixer.h"

enum
{
  RATE = 48000,
  LENGTH = 5 * RATE, /* of a loop, frames */
  N_LOOPS = 16,      /* different ones */
  ROUNDS = 15,
  BLOCKS = 100, /* a round */
  QUANTUM = 64,
  MAX_PLAYERS = 6,
};

typedef struct
{
  uint32_t n_voices;
  double   speed;
} Case;

static const Case cases[]
    = { { 32, 1 }, { 64, 1 }, { 128, 1 }, { 32, 0.9 }, { 64, 0.9 }, { 128, 0.9 } };

/* Who plays a case. */
typedef struct
{
  const char *name;
  void       *player;
  void (*render) (void *player, float *out, uint32_t n_frames);
  void (*free) (void *player);
  double per_cent[ROUNDS];
} Player;

static float *loops[N_LOOPS];
static float  out[2 * QUANTUM];

static void
make_loops (void)
{
  uint32_t seed = 1;

  for (uint32_t k = 0; k < N_LOOPS; k++)
    {
      loops[k] = malloc (2 * LENGTH * sizeof (float));
      for (uint32_t i = 0; i < 2 * LENGTH; i++)
        {
          seed = seed * 1664525u + 1013904223u;
          loops[k][i] = (float)(int32_t)seed / 2147483648.0f;
        }
    }
}

static void
push (ZabMixer *mixer, ZabCommand command)
{
  if (!zab_mixer_push (mixer, &command))
    abort ();
}

static ZabMixer *
mixer_new (const Case *self, ZabSincQuality quality)
{
  static ZabSample samples[ZAB_N_PADS];
  ZabMixer        *mixer = calloc (1, sizeof *mixer);

  zab_mixer_init (mixer, RATE);
  zab_mixer_set_quality (mixer, quality);
  for (uint32_t i = 0; i < self->n_voices; i++)
    {
      samples[i] = (ZabSample){
        .frames = loops[i % N_LOOPS], .n_frames = LENGTH, .channels = 2, .rate = RATE
      };
      push (mixer,
            (ZabCommand){ .type = ZAB_COMMAND_LOAD_SAMPLE, .pad = i, .sample = &samples[i] });
      push (mixer, (ZabCommand){ .type = ZAB_COMMAND_SET_LOOP, .pad = i, .value = 1 });
      zab_mixer_set_param (mixer, i, ZAB_PARAM_SPEED, (float)self->speed);
      zab_mixer_set_param (mixer, i, ZAB_PARAM_GAIN, 0.5f);
      push (mixer, (ZabCommand){ .type = ZAB_COMMAND_PLAY, .pad = i, .velocity = 1.0f });
    }
  return mixer;
}

static void
render_mixer (void *player, float *frames, uint32_t n_frames)
{
  zab_mixer_render (player, frames, n_frames);
}

static void
render_fluid (void *player, float *frames, uint32_t n_frames)
{
  bench_fluid_render (player, frames, n_frames);
}

static void
free_fluid (void *player)
{
  bench_fluid_free (player);
}

static Player
fluid (const Case *self, const char *name, int order)
{
  return (Player){ .name = name,
                   .player = bench_fluid_new ((const float *const *)loops, N_LOOPS, LENGTH,
                                              self->n_voices, self->speed, order),
                   .render = render_fluid,
                   .free = free_fluid };
}

static uint32_t
make_players (const Case *self, Player *players)
{
  uint32_t n = 0;

  players[n++]
      = (Player){ "zabumba", mixer_new (self, ZAB_SINC_NORMAL), render_mixer, free, { 0 } };
  if (self->speed < 1)
    players[n++] = (Player){
      "zabumba, 64 taps", mixer_new (self, ZAB_SINC_HIGH), render_mixer, free, { 0 }
    };
  else
    players[n++] = fluid (self, "fluidsynth, no interpolation", 0);
  players[n++] = fluid (self, "fluidsynth, 4th order", 4);
  players[n++] = fluid (self, "fluidsynth, 7th order", 7);
  return n;
}

static double
cpu_seconds (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double
measure (Player *self)
{
  const double start = cpu_seconds ();

  for (uint32_t i = 0; i < BLOCKS; i++)
    self->render (self->player, out, QUANTUM);
  return 100 * (cpu_seconds () - start) / ((double)BLOCKS * QUANTUM / RATE);
}

/* Whoever is silent has measured nothing. */
static void
check_sound (const Player *self)
{
  double energy = 0;

  for (uint32_t i = 0; i < 2 * QUANTUM; i++)
    energy += (double)out[i] * (double)out[i];
  if (energy > 1e-6)
    return;
  fprintf (stderr, "%s is silent\n", self->name);
  exit (1);
}

static int
compare (const void *a, const void *b)
{
  return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

static double
median (Player *self)
{
  qsort (self->per_cent, ROUNDS, sizeof self->per_cent[0], compare);
  return self->per_cent[ROUNDS / 2];
}

static void
run (const Case *self)
{
  Player         players[MAX_PLAYERS];
  const uint32_t n = make_players (self, players);
  double         ours;

  for (uint32_t round = 0; round < ROUNDS; round++)
    for (uint32_t i = 0; i < n; i++)
      {
        players[i].per_cent[round] = measure (&players[i]);
        check_sound (&players[i]);
      }
  ours = median (&players[0]);
  printf ("%u loops at speed %g\n", self->n_voices, self->speed);
  for (uint32_t i = 0; i < n; i++)
    {
      printf ("  %-32s %7.2f %% %7.2f x\n", players[i].name, median (&players[i]),
              median (&players[i]) / ours);
      players[i].free (players[i].player);
    }
}

int
main (void)
{
  printf ("fluidsynth %s; of the deadline, and as a multiple of ours\n", bench_fluid_version ());
  make_loops ();
  for (uint32_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    run (&cases[i]);
  return 0;
}
