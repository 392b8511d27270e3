/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-drums.h"
#include "zab-loops.h"
#include "zab-synth.h"

#define STEP 0.125 /* a sixteenth at 120 beats a minute, in seconds */

static double
velocity_of (char step)
{
  switch (step)
    {
    case 'X':
      return 1.0;
    case 'x':
      return 0.75;
    case 'o':
      return 0.5;
    case '-':
      return 0.25;
    default:
      return 0;
    }
}

/* Plays @hit after a row of sixteenths: X, x, o and - are ever softer strokes, | stands between
 * bars. @swing delays every second one, in sixteenths; hands are never quite even. */
static void
play (ZabSound *sound, ZabHit hit, double gain, double swing, const char *row)
{
  ZabNoise hand = zab_noise_seed (row[0] * 31u + row[2] * 7u + (size_t)(1000 * gain));
  size_t   step = 0;

  for (const char *c = row; *c != '\0'; c++)
    {
      double velocity = velocity_of (*c);

      if (*c == '|')
        continue;
      if (velocity > 0)
        hit (sound, STEP * ((double)step + (step % 2 ? swing : 0)),
             gain * velocity * (1 + 0.07 * zab_noise (&hand)));
      step++;
    }
}

void
zab_loop_house (ZabSound *sound)
{
  const double swing = 0.12;

  play (sound, zab_hit_kick, 1.0, 0, "X...X...X...X...|X...X...X...X..o");
  play (sound, zab_hit_clap, 0.5, 0, "....X.......X...|....X.......X...");
  play (sound, zab_hit_snare, 0.25, 0, "....x.......x...|....x.......x..-");
  play (sound, zab_hit_open_hat, 0.3, 0, "..x...x...x...x.|..x...x...x...X.");
  play (sound, zab_hit_closed_hat, 0.25, swing, "o-.-o-.-o-.-o-.-|o-.-o-.-o-.-o-.o");
  play (sound, zab_hit_rim, 0.16, swing, ".......o..x.....|...o.....-x.....");
}

void
zab_loop_baiao (ZabSound *sound)
{
  play (sound, zab_hit_zabumba, 1.0, 0, "X..X....X..X....|X..X....X..X..o.");
  play (sound, zab_hit_bacalhau, 0.55, 0, "..-...X...-...X.|..-..-X...-...X-");
  play (sound, zab_hit_triangle_muted, 0.3, 0.06, "x-.ox-.ox-.ox-.o|x-.ox-.ox-.ox-.o");
  play (sound, zab_hit_triangle, 0.22, 0, "..X...X...X...X.|..X...X...X...X.");
  play (sound, zab_hit_shaker, 0.16, 0.06, "x-o-x-o-x-o-x-o-|x-o-x-o-x-o-x-o-");
}

void
zab_loop_forro (ZabSound *sound)
{
  play (sound, zab_hit_agogo_low, 0.6, 0, "x..x....x..x....|x..x....x..x....");
  play (sound, zab_hit_agogo_high, 0.55, 0, "......x.......x.|.....ox.....o.x.");
  play (sound, zab_hit_triangle_muted, 0.45, 0.08, "x-.ox-.ox-.ox-.o|x-.ox-.ox-.ox-.o");
  play (sound, zab_hit_triangle, 0.32, 0, "..X...X...X...X.|..X...X...X...X.");
  play (sound, zab_hit_bacalhau, 0.35, 0.08, "-..-o.-.-..-o.-.|-..-o.-.-.o-o.--");
}

void
zab_loop_break (ZabSound *sound)
{
  const double swing = 0.16;

  play (sound, zab_hit_kick, 1.0, swing, "X.x.......xo....|X.x....o..x...x.");
  play (sound, zab_hit_snare, 0.8, swing, "....X..-.-..X..-|....X..-.-..X.-o");
  play (sound, zab_hit_closed_hat, 0.3, swing, "x.o.x.o-x.o.x.o.|x.o.x.o-x.o.x...");
  play (sound, zab_hit_open_hat, 0.28, swing, "................|..............x.");
  play (sound, zab_hit_crash, 0.12, 0, "x...............|................");
  zab_sound_saturate (sound, 2.2);
}

void
zab_loop_hats (ZabSound *sound)
{
  const double swing = 0.14;

  play (sound, zab_hit_closed_hat, 0.8, swing, "Xo.oXo.oXo.oXo.o|Xo.oXo.oXo-oXoxo");
  play (sound, zab_hit_open_hat, 0.6, swing, "..x...x...x...x.|..x...x.......X.");
  play (sound, zab_hit_shaker, 0.6, swing, "o-x-o-x-o-x-o-x-|o-x-o-x-o-x-o-x-");
}

void
zab_loop_percussion (ZabSound *sound)
{
  const double swing = 0.08;

  play (sound, zab_hit_high_tom, 0.55, swing, "..xx......x..x..|..xx....o.x..xo.");
  play (sound, zab_hit_low_tom, 0.6, swing, "......x.......x.|......xo.......X");
  play (sound, zab_hit_rim, 0.5, 0, "X..X..X...X.X...|X..X..X...X.X...");
  play (sound, zab_hit_agogo_low, 0.3, swing, "....x...........|....x.......o...");
  play (sound, zab_hit_agogo_high, 0.3, swing, "x.......x.x.....|x.......x.x.....");
  play (sound, zab_hit_shaker, 0.4, swing, "x-o-x-o-x-o-x-o-|x-o-x-o-x-o-x-o-");
}
