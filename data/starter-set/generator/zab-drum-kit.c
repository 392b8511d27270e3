/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-drums.h"
#include "zab-synth.h"

void
zab_hit_kick (ZabSound *sound, double when, double velocity)
{
  size_t         start = zab_sound_frame_at (sound, when);
  ZabNoise       noise = zab_noise_seed (start + 1);
  ZabFilterState click = { 0 };
  ZabPan         pan = zab_pan (0);
  double         phase = 0;

  for (size_t i = 0; i < zab_sound_frame_at (sound, 0.55); i++)
    {
      double t = (double)i / sound->rate;
      double pitch = 49 + 62 * exp (-t / 0.045) + 260 * exp (-t / 0.009);
      double body = zab_sine (&phase, pitch / sound->rate);
      double tick = zab_filter (&click, zab_noise (&noise), 3400, 0.9, sound->rate).band;

      body *= zab_strike (t, 0.001, 0.085) * (1 - pow (t / 0.55, 4));
      tick *= zab_strike (t, 0.0003, 0.0025);
      zab_sound_put (sound, start + i, velocity * tanh (2.1 * body + 0.5 * tick), pan);
    }
}

void
zab_hit_snare (ZabSound *sound, double when, double velocity)
{
  size_t         start = zab_sound_frame_at (sound, when);
  ZabNoise       noise = zab_noise_seed (start + 2);
  ZabFilterState wires = { 0 };
  ZabFilterState air = { 0 };
  ZabPan         pan = zab_pan (0.05);
  double         phases[2] = { 0, 0 };

  for (size_t i = 0; i < zab_sound_frame_at (sound, 0.45); i++)
    {
      double t = (double)i / sound->rate;
      double bend = 1 + 0.35 * exp (-t / 0.012);
      double skin = zab_sine (&phases[0], 186 * bend / sound->rate)
                    + 0.6 * zab_sine (&phases[1], 331 * bend / sound->rate);
      double white = zab_noise (&noise);
      double rattle = zab_filter (&wires, white, 2300, 0.6, sound->rate).band;
      double hiss = zab_filter (&air, white, 5200, 0.7, sound->rate).high;
      double value = skin * zab_strike (t, 0.0006, 0.03)
                     + (1.3 * rattle + 0.5 * hiss) * zab_strike (t, 0.0008, 0.048);

      /* A soft stroke is darker, not only quieter. */
      value -= (1 - velocity) * 0.4 * hiss * zab_strike (t, 0.0008, 0.048);
      value *= zab_swell (t, 0, 0.3, 0.15);
      zab_sound_put (sound, start + i, velocity * 0.85 * tanh (1.1 * value), pan);
    }
}

void
zab_hit_clap (ZabSound *sound, double when, double velocity)
{
  static const double hands[] = { 0, 0.0092, 0.0203, 0.0291 };
  size_t              start = zab_sound_frame_at (sound, when);

  for (size_t h = 0; h < G_N_ELEMENTS (hands); h++)
    {
      size_t         at = start + zab_sound_frame_at (sound, hands[h]);
      ZabNoise       noise = zab_noise_seed (at + 3 + h);
      ZabFilterState palm = { 0 };
      ZabFilterState body = { 0 };
      ZabPan         pan = zab_pan (h % 2 ? 0.35 : -0.35);
      gboolean       last = h + 1 == G_N_ELEMENTS (hands);

      for (size_t i = 0; i < zab_sound_frame_at (sound, 0.4); i++)
        {
          double t = (double)i / sound->rate;
          double value = zab_filter (&palm, zab_noise (&noise), 1250, 1.8, sound->rate).band;

          value = zab_filter (&body, value, 620, 0.7, sound->rate).high;
          value *= zab_strike (t, 0.0005, last ? 0.042 : 0.0045);
          zab_sound_put (sound, at + i, velocity * 1.9 * value, pan);
        }
    }
}

void
zab_hit_rim (ZabSound *sound, double when, double velocity)
{
  size_t   start = zab_sound_frame_at (sound, when);
  ZabNoise noise = zab_noise_seed (start + 4);
  ZabPan   pan = zab_pan (-0.2);
  double   phases[3] = { 0, 0, 0 };

  for (size_t i = 0; i < zab_sound_frame_at (sound, 0.12); i++)
    {
      double t = (double)i / sound->rate;
      double value = zab_sine (&phases[0], 482 / sound->rate) * zab_strike (t, 0.0003, 0.011)
                     + zab_sine (&phases[1], 1730 / sound->rate) * zab_strike (t, 0.0002, 0.0075)
                     + 0.4 * zab_sine (&phases[2], 3950 / sound->rate) * exp (-t / 0.004);

      value += 0.5 * zab_noise (&noise) * exp (-t / 0.0012);
      zab_sound_put (sound, start + i, velocity * 0.8 * tanh (1.4 * value), pan);
    }
}

/* Cymbals: six square waves that fit no harmonic series, and noise, above a steep high-pass. */
static void
hit_hat (ZabSound *sound, double when, double velocity, double half_life, double length)
{
  static const double ratios[] = { 2.0, 3.0, 4.16, 5.43, 6.79, 8.21 };
  size_t              start = zab_sound_frame_at (sound, when);
  ZabNoise            noise = zab_noise_seed (start + 5);
  ZabFilterState      metal = { 0 };
  ZabFilterState      edge = { 0 };
  ZabPan              pan = zab_pan (0.3);
  double              phases[6] = { 0.1, 0.7, 0.3, 0.9, 0.5, 0.2 };

  for (size_t i = 0; i < zab_sound_frame_at (sound, length); i++)
    {
      double t = (double)i / sound->rate;
      double value = 0.9 * zab_noise (&noise);

      for (size_t p = 0; p < 6; p++)
        value += 0.28 * zab_pulse (&phases[p], 119 * ratios[p] / sound->rate, 0.5);
      value = zab_filter (&metal, value, 9200, 1.1, sound->rate).band;
      value = zab_filter (&edge, value, 6600, 0.8, sound->rate).high;
      value *= zab_strike (t, 0.0004, half_life) * zab_swell (t, 0, length - 0.02, 0.02);
      zab_sound_put (sound, start + i, velocity * 1.1 * value, pan);
    }
}

void
zab_hit_closed_hat (ZabSound *sound, double when, double velocity)
{
  hit_hat (sound, when, velocity, 0.010 + 0.008 * velocity, 0.13);
}

void
zab_hit_open_hat (ZabSound *sound, double when, double velocity)
{
  hit_hat (sound, when, 0.9 * velocity, 0.085, 0.48);
}

static void
hit_tom (ZabSound *sound, double when, double velocity, double pitch, double place)
{
  size_t         start = zab_sound_frame_at (sound, when);
  ZabNoise       noise = zab_noise_seed (start + 6);
  ZabFilterState stick = { 0 };
  ZabPan         pan = zab_pan (place);
  double         phases[3] = { 0, 0, 0 };

  for (size_t i = 0; i < zab_sound_frame_at (sound, 0.8); i++)
    {
      double t = (double)i / sound->rate;
      double bent = pitch * (1 + 0.55 * exp (-t / 0.035)) / sound->rate;
      double value = zab_sine (&phases[0], bent) * zab_strike (t, 0.001, 0.095)
                     + 0.4 * zab_sine (&phases[1], 1.59 * bent) * zab_strike (t, 0.001, 0.04)
                     + 0.2 * zab_sine (&phases[2], 2.30 * bent) * zab_strike (t, 0.001, 0.025);
      double tick = zab_filter (&stick, zab_noise (&noise), 1900, 0.7, sound->rate).band;

      value += 0.6 * tick * zab_strike (t, 0.0005, 0.008);
      value *= zab_swell (t, 0, 0.7, 0.1);
      zab_sound_put (sound, start + i, velocity * tanh (1.5 * value), pan);
    }
}

void
zab_hit_low_tom (ZabSound *sound, double when, double velocity)
{
  hit_tom (sound, when, velocity, 82.4, 0.35);
}

void
zab_hit_high_tom (ZabSound *sound, double when, double velocity)
{
  hit_tom (sound, when, velocity, 146.8, -0.25);
}

/* Forty unrelated partials on each side, the high ones first to go, under a wash of noise. */
static void
crash_partials (ZabSound *sound, size_t start, double velocity)
{
  ZabNoise dice = zab_noise_seed (start + 7);

  for (size_t p = 0; p < 80; p++)
    {
      double pitch = 900 * exp2 (1.75 * (zab_noise (&dice) + 1));
      double phase = 0.5 + 0.5 * zab_noise (&dice);
      double half_life = 0.75 * pow (2600 / pitch, 0.8);
      ZabPan pan = zab_pan (p % 2 ? 0.8 : -0.8);

      if (pitch > 0.45 * sound->rate)
        continue;
      for (size_t i = 0; i < zab_sound_frame_at (sound, 3.2); i++)
        {
          double t = (double)i / sound->rate;

          zab_sound_put (sound, start + i,
                         velocity * 0.05 * zab_sine (&phase, pitch / sound->rate)
                             * zab_strike (t, 0.002, half_life) * zab_swell (t, 0, 2.2, 1),
                         pan);
        }
    }
}

void
zab_hit_crash (ZabSound *sound, double when, double velocity)
{
  size_t start = zab_sound_frame_at (sound, when);

  crash_partials (sound, start, velocity);
  for (size_t side = 0; side < 2; side++)
    {
      ZabNoise       noise = zab_noise_seed (start + 8 + side);
      ZabFilterState wash = { 0 };
      ZabPan         pan = zab_pan (side ? 0.7 : -0.7);

      for (size_t i = 0; i < zab_sound_frame_at (sound, 3.2); i++)
        {
          double t = (double)i / sound->rate;
          double cutoff = 2500 + 3500 * exp (-t / 0.4);
          double value = zab_filter (&wash, zab_noise (&noise), cutoff, 0.7, sound->rate).high;

          value *= 0.55 * zab_strike (t, 0.001, 0.05) + 0.3 * zab_strike (t, 0.004, 0.42);
          value *= zab_swell (t, 0, 2.2, 1);
          zab_sound_put (sound, start + i, velocity * value, pan);
        }
    }
}

void
zab_hit_shaker (ZabSound *sound, double when, double velocity)
{
  size_t         start = zab_sound_frame_at (sound, when);
  ZabNoise       noise = zab_noise_seed (start + 10);
  ZabFilterState beads = { 0 };
  ZabFilterState gourd = { 0 };
  ZabPan         pan = zab_pan (-0.45);

  for (size_t i = 0; i < zab_sound_frame_at (sound, 0.2); i++)
    {
      double t = (double)i / sound->rate;
      double grain = zab_noise (&noise);
      double value;

      grain *= fabs (grain) > 0.55 ? 1 : 0.3; /* single beads stand out */
      value = zab_filter (&beads, grain, 6800, 1.2, sound->rate).band;
      value = zab_filter (&gourd, value, 3800, 0.8, sound->rate).high;
      zab_sound_put (sound, start + i, velocity * 0.8 * value * zab_strike (t, 0.022, 0.019), pan);
    }
}
