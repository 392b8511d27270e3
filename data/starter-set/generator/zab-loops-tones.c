/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-loops.h"
#include "zab-synth.h"
#include "zab-tones.h"

#define STEP   0.125 /* a sixteenth at 120 beats a minute, in seconds */
#define BAR    2.0
#define N_BARS 4

/* A minor 7, F major 7, C, G 6: each voice goes to the next by the shortest way. */
static const int roots[N_BARS] = { 33, 29, 36, 31 };
static const int chords[N_BARS][4]
    = { { 57, 60, 64, 67 }, { 57, 60, 64, 65 }, { 55, 60, 64, 67 }, { 55, 59, 62, 64 } };

void
zab_loop_bass (ZabSound *sound)
{
  static const struct
  {
    int    step;
    int    above;
    double steps;
    double velocity;
  } figure[] = {
    { 0, 0, 1.8, 1.0 },  { 3, 0, 0.9, 0.6 },   { 4, 12, 0.8, 0.55 }, { 6, 0, 1.6, 0.9 },
    { 10, 0, 1.2, 0.8 }, { 11, 12, 0.7, 0.5 }, { 13, 7, 0.9, 0.65 }, { 14, 12, 1.4, 0.75 },
  };

  for (int bar = 0; bar < N_BARS; bar++)
    for (size_t i = 0; i < G_N_ELEMENTS (figure); i++)
      zab_tone_bass (sound, bar * BAR + STEP * figure[i].step, STEP * figure[i].steps,
                     roots[bar] + figure[i].above, figure[i].velocity);
}

void
zab_loop_acid (ZabSound *sound)
{
  /* Notes of two bars; 0 rests. The accents are in the row below. */
  static const int  line[] = { 33, 33, 45, 0,  33, 36, 0,  40, 33, 0,  43, 45, 33, 0,  38, 40,
                               33, 0,  45, 48, 0,  33, 36, 0,  33, 33, 52, 0,  50, 48, 45, 43 };
  static const char accents[] = "X.x.o.-x.-Xo.-.x"
                                "X.xo.-o.X.x.xo.x";
  double            last = line[G_N_ELEMENTS (line) - 1];

  for (size_t i = 0; i < G_N_ELEMENTS (line); i++)
    {
      double velocity = accents[i] == 'X' ? 1 : accents[i] == 'x' ? 0.75 : 0.5;
      double length = accents[i] == 'x' ? 0.95 : 0.62;

      if (line[i] == 0)
        continue;
      zab_tone_acid (sound, STEP * (double)i, STEP * length, accents[i] == 'x' ? last : line[i],
                     line[i], velocity);
      last = line[i];
    }
}

void
zab_loop_chords (ZabSound *sound)
{
  static const char rhythm[] = "x..X..o...X..o..";

  for (int bar = 0; bar < N_BARS; bar++)
    for (int step = 0; step < 16; step++)
      {
        double velocity = rhythm[step] == 'X' ? 1 : rhythm[step] == 'x' ? 0.8 : 0.55;

        if (rhythm[step] == '.')
          continue;
        for (int voice = 0; voice < 4; voice++)
          zab_tone_stab (sound, bar * BAR + STEP * step, STEP * 1.1, chords[bar][voice], velocity);
      }
}

void
zab_loop_pad (ZabSound *sound)
{
  for (int bar = 0; bar < N_BARS; bar++)
    {
      for (int voice = 0; voice < 4; voice++)
        zab_tone_pad (sound, bar * BAR, BAR - 0.1, chords[bar][voice], 1);
      zab_tone_pad (sound, bar * BAR, BAR - 0.1, roots[bar] + 12, 0.8);
    }
}

void
zab_loop_arpeggio (ZabSound *sound)
{
  static const int    order[] = { 0, 2, 1, 3, 4, 2, 5, 3, 6, 4, 5, 2, 3, 1, 4, 2 };
  static const double echoes[] = { 1, 0.42, 0.18 };

  for (int i = 0; i < N_BARS * 16; i++)
    {
      const int *chord = chords[i / 16];
      int        tone = order[i % 16];
      double     note = chord[tone % 4] + 12 * (tone / 4) + 12;
      double     velocity = i % 4 == 0 ? 1 : i % 2 == 0 ? 0.7 : 0.55;

      for (size_t e = 0; e < G_N_ELEMENTS (echoes); e++)
        zab_tone_pluck (sound, STEP * (i + 3 * (double)e), note, velocity * echoes[e],
                        (e % 2 ? -0.6 : 0.6) * (i % 2 ? 0.5 : -0.5) * (e > 0 ? 2 : 1));
    }
}

void
zab_loop_choir (ZabSound *sound)
{
  static const int voices[N_BARS][3]
      = { { 57, 64, 72 }, { 57, 65, 72 }, { 55, 64, 72 }, { 55, 62, 71 } };

  for (int bar = 0; bar < N_BARS; bar++)
    for (int voice = 0; voice < 3; voice++)
      zab_tone_voice (sound, bar * BAR, BAR - 0.15, voices[bar][voice], 1, bar % 2 ? 0.9 : 0.1,
                      bar % 2 ? 0.1 : 0.9);
}
