/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-tones.h"
#include "zab-synth.h"

#define CENT (1.0 / 100)

void
zab_tone_bass (ZabSound *sound, double when, double length, double note, double velocity)
{
  size_t         start = zab_sound_frame_at (sound, when);
  double         step = zab_note (note) / sound->rate;
  ZabFilterState filter = { 0 };
  ZabPan         pan = zab_pan (0);
  double         saw = 0.5;
  double         square = 0;
  double         sub = 0;

  for (size_t i = 0; i < zab_sound_frame_at (sound, length + 0.09); i++)
    {
      double t = (double)i / sound->rate;
      double cutoff = 140 + 300 * velocity + 1500 * velocity * exp (-t / 0.11);
      double value = 0.6 * zab_saw (&saw, step)
                     + 0.3 * zab_pulse (&square, step * exp2 (7 * CENT / 12), 0.5);

      value = zab_filter (&filter, value, cutoff, 1.1, sound->rate).low;
      value += 0.7 * zab_sine (&sub, step);
      value *= zab_swell (t, 0.004, length, 0.09) * (0.55 + 0.45 * exp (-t / 0.25));
      zab_sound_put (sound, start + i, velocity * tanh (1.3 * value), pan);
    }
}

void
zab_tone_acid (ZabSound *sound, double when, double length, double from, double note,
               double velocity)
{
  size_t         start = zab_sound_frame_at (sound, when);
  ZabFilterState filters[2] = { 0 };
  ZabPan         pan = zab_pan (0);
  double         saw = 0.5;

  for (size_t i = 0; i < zab_sound_frame_at (sound, length + 0.02); i++)
    {
      double t = (double)i / sound->rate;
      double glide = note + (from - note) * exp (-t / 0.022);
      double cutoff = 180 + 350 * velocity + 2600 * velocity * velocity * exp (-t / 0.075);
      double value = zab_saw (&saw, zab_note (glide) / sound->rate);

      value = zab_filter (&filters[0], value, cutoff, 3.6, sound->rate).low;
      value = zab_filter (&filters[1], tanh (1.2 * value), 1.6 * cutoff, 0.7, sound->rate).low;
      value *= zab_swell (t, 0.003, length, 0.02);
      zab_sound_put (sound, start + i, (0.5 + 0.5 * velocity) * tanh (1.6 * value), pan);
    }
}

/* Detuned sawtooths, spread over the stereo field, through one filter a side. */
static void
unison (const ZabSound *sound, double *phases, size_t n_voices, double note, double spread,
        double sides[2])
{
  sides[0] = sides[1] = 0;
  for (size_t v = 0; v < n_voices; v++)
    {
      double place = 2.0 * (double)v / (double)(n_voices - 1) - 1;
      double detuned = note + spread * CENT * place;
      double value = zab_saw (&phases[v], zab_note (detuned) / sound->rate);

      sides[0] += value * (1 - 0.8 * place);
      sides[1] += value * (1 + 0.8 * place);
    }
}

void
zab_tone_stab (ZabSound *sound, double when, double length, double note, double velocity)
{
  size_t         start = zab_sound_frame_at (sound, when);
  ZabFilterState filters[2] = { 0 };
  double         phases[5] = { 0.11, 0.52, 0.83, 0.29, 0.67 };
  double         sides[2];

  for (size_t i = 0; i < zab_sound_frame_at (sound, length + 0.12); i++)
    {
      double t = (double)i / sound->rate;
      double cutoff = 420 + 4200 * velocity * exp (-t / 0.09);
      double level
          = 0.12 * velocity * zab_swell (t, 0.003, length, 0.12) * (0.35 + 0.65 * exp (-t / 0.16));

      unison (sound, phases, 5, note, 13, sides);
      for (size_t c = 0; c < 2; c++)
        sides[c] = level * zab_filter (&filters[c], sides[c], cutoff, 1.0, sound->rate).low;
      zab_sound_put (sound, start + i, sides[0], (ZabPan){ 1, 0 });
      zab_sound_put (sound, start + i, sides[1], (ZabPan){ 0, 1 });
    }
}

void
zab_tone_pad (ZabSound *sound, double when, double length, double note, double velocity)
{
  size_t         start = zab_sound_frame_at (sound, when);
  ZabFilterState filters[2] = { 0 };
  double         phases[7] = { 0.05, 0.37, 0.71, 0.93, 0.22, 0.58, 0.84 };
  double         sides[2];

  for (size_t i = 0; i < zab_sound_frame_at (sound, length + 0.9); i++)
    {
      double t = (double)i / sound->rate;
      double cutoff = 650 + 750 * zab_swell (t, 1.1, length, 0.9);
      double level = 0.08 * velocity * zab_swell (t, 0.45, length, 0.9);

      unison (sound, phases, 7, note, 11, sides);
      for (size_t c = 0; c < 2; c++)
        sides[c] = level * zab_filter (&filters[c], sides[c], cutoff, 0.75, sound->rate).low;
      zab_sound_put (sound, start + i, sides[0], (ZabPan){ 1, 0 });
      zab_sound_put (sound, start + i, sides[1], (ZabPan){ 0, 1 });
    }
}

void
zab_tone_pluck (ZabSound *sound, double when, double note, double velocity, double place)
{
  size_t         start = zab_sound_frame_at (sound, when);
  double         step = zab_note (note) / sound->rate;
  ZabFilterState filter = { 0 };
  ZabPan         pan = zab_pan (place);
  double         pulse = 0;
  double         second = 0.4;

  for (size_t i = 0; i < zab_sound_frame_at (sound, 0.6); i++)
    {
      double t = (double)i / sound->rate;
      double cutoff = 500 + 5200 * velocity * exp (-t / 0.06);
      double value = 0.5 * zab_pulse (&pulse, step, 0.32)
                     + 0.4 * zab_saw (&second, step * exp2 (6 * CENT / 12));

      value = zab_filter (&filter, value, cutoff, 1.4, sound->rate).low;
      value *= zab_strike (t, 0.002, 0.055) * zab_swell (t, 0, 0.5, 0.1);
      zab_sound_put (sound, start + i, 0.5 * velocity * value, pan);
    }
}

/* Formants of a female voice after Peterson and Barney's and Hillenbrand's tables, rounded. */
#define N_FORMANTS 5
static const double ooh[N_FORMANTS] = { 400, 860, 2650, 3700, 4600 };
static const double aah[N_FORMANTS] = { 860, 1280, 2830, 3800, 4700 };
static const double levels[N_FORMANTS] = { 1.0, 0.7, 0.42, 0.3, 0.16 };

static double
sing (ZabFilterState *formants, double source, double vowel, double rate)
{
  double value = 0;

  for (size_t f = 0; f < N_FORMANTS; f++)
    {
      double pitch = ooh[f] + vowel * (aah[f] - ooh[f]);
      double level = levels[f] * (f < 1 ? 1 : 0.35 + 0.65 * vowel);

      if (pitch < 0.4 * rate)
        value += level * zab_filter (&formants[f], source, pitch, 7 + (double)f, rate).band;
    }
  return value;
}

static void
singer (ZabSound *sound, double when, double length, double note, double velocity, double first,
        double last, double place)
{
  size_t         start = zab_sound_frame_at (sound, when);
  ZabNoise       noise = zab_noise_seed (start + (size_t)(note * 16 + place * 4 + 8));
  ZabFilterState formants[N_FORMANTS] = { 0 };
  ZabFilterState throat = { 0 };
  ZabPan         pan = zab_pan (place);
  double         phase = 0.5 + 0.5 * place;
  double         drift = 0;

  for (size_t i = 0; i < zab_sound_frame_at (sound, length + 0.5); i++)
    {
      double t = (double)i / sound->rate;
      double vibrato = 14 * CENT * sin (2 * G_PI * (5.1 + 0.4 * place) * t + 3 * place);
      double vowel = first + (last - first) * zab_swell (t, 0.8 * length, length + 1, 1);
      double value;

      drift += 0.0002 * (zab_noise (&noise) - drift); /* no throat is quite steady */
      value = zab_saw (&phase,
                       zab_note (note + 7 * CENT * place + 0.9 * drift + vibrato * MIN (1, t / 0.7))
                           / sound->rate);
      value = zab_filter (&throat, value, 2800, 0.6, sound->rate).low + 0.05 * zab_noise (&noise);
      value = sing (formants, value, vowel, sound->rate) * zab_swell (t, 0.22, length, 0.5);
      zab_sound_put (sound, start + i, 0.5 * velocity * value, pan);
    }
}

void
zab_tone_voice (ZabSound *sound, double when, double length, double note, double velocity,
                double first, double last)
{
  singer (sound, when, length, note, velocity, first, last, -0.7);
  singer (sound, when, length, note, velocity, first, last, 0.1);
  singer (sound, when, length, note, velocity, first, last, 0.75);
}

void
zab_tone_riser (ZabSound *sound, double when, double length)
{
  size_t start = zab_sound_frame_at (sound, when);

  for (size_t side = 0; side < 2; side++)
    {
      ZabNoise       noise = zab_noise_seed (start + 20 + side);
      ZabFilterState sweep = { 0 };
      ZabFilterState tone = { 0 };
      ZabPan         pan = { side == 0, side == 1 };
      double         phases[2] = { 0.2, 0.6 };

      for (size_t i = 0; i < zab_sound_frame_at (sound, length + 0.05); i++)
        {
          double t = (double)i / sound->rate / length;
          double tremble = 0.75 + 0.25 * sin (2 * G_PI * (4 * t + 14 * t * t));
          double cutoff = 300 * exp2 (5.2 * t);
          double note = 45 + 24 * t + (side ? 0.06 : -0.06);
          double value
              = 1.3 * zab_filter (&sweep, zab_noise (&noise), cutoff, 1.6, sound->rate).band;
          double saws = zab_saw (&phases[0], zab_note (note) / sound->rate)
                        + zab_saw (&phases[1], zab_note (note + 7) / sound->rate);

          value += 0.35 * zab_filter (&tone, saws, 0.8 * cutoff, 0.8, sound->rate).low;
          value *= t * t * tremble * zab_swell (t * length, 0.01, length, 0.05);
          zab_sound_put (sound, start + i, value, pan);
        }
    }
}

void
zab_tone_impact (ZabSound *sound, double when)
{
  size_t start = zab_sound_frame_at (sound, when);
  double phase = 0;

  for (size_t side = 0; side < 2; side++)
    {
      ZabNoise       noise = zab_noise_seed (start + 30 + side);
      ZabFilterState boom = { 0 };
      ZabPan         pan = zab_pan (side ? 0.8 : -0.8);

      for (size_t i = 0; i < zab_sound_frame_at (sound, 2.2); i++)
        {
          double t = (double)i / sound->rate;
          double cutoff = 90 + 5000 * exp (-t / 0.07) + 700 * exp (-t / 0.4);
          double value = zab_filter (&boom, zab_noise (&noise), cutoff, 0.8, sound->rate).low;

          value *= 0.9 * zab_strike (t, 0.001, 0.16) * zab_swell (t, 0, 1.8, 0.4);
          zab_sound_put (sound, start + i, value, pan);
        }
    }
  for (size_t i = 0; i < zab_sound_frame_at (sound, 2.2); i++)
    {
      double t = (double)i / sound->rate;
      double pitch = 33 + 70 * exp (-t / 0.13);
      double value = zab_sine (&phase, pitch / sound->rate);

      value *= zab_strike (t, 0.002, 0.38) * zab_swell (t, 0, 1.8, 0.4);
      zab_sound_put (sound, start + i, tanh (1.7 * value), zab_pan (0));
    }
}
