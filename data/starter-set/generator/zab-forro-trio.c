/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-drums.h"
#include "zab-synth.h"

/* One way in which a struck body rings. */
typedef struct
{
  double pitch; /* Hz */
  double level;
  double half_life; /* seconds */
} Mode;

static void
ring (ZabSound *sound, double when, double gain, const Mode *modes, size_t n_modes, double bend,
      ZabPan pan)
{
  size_t start = zab_sound_frame_at (sound, when);

  for (size_t m = 0; m < n_modes; m++)
    {
      double length = 10 * modes[m].half_life;
      double phase = 0;

      if (modes[m].pitch > 0.45 * sound->rate)
        continue;
      for (size_t i = 0; i < zab_sound_frame_at (sound, length); i++)
        {
          double t = (double)i / sound->rate;
          double pitch = modes[m].pitch * (1 + bend * exp (-t / 0.03));
          double value = zab_sine (&phase, pitch / sound->rate);

          value *= modes[m].level * zab_strike (t, 0.0006, modes[m].half_life);
          zab_sound_put (sound, start + i,
                         gain * value * zab_swell (t, 0, 0.9 * length, 0.1 * length), pan);
        }
    }
}

static void
thump (ZabSound *sound, double when, double gain, double cutoff, double q, double half_life,
       ZabPan pan)
{
  size_t         start = zab_sound_frame_at (sound, when);
  ZabNoise       noise = zab_noise_seed (start + 11);
  ZabFilterState skin = { 0 };

  for (size_t i = 0; i < zab_sound_frame_at (sound, 12 * half_life); i++)
    {
      double t = (double)i / sound->rate;
      double value = zab_filter (&skin, zab_noise (&noise), cutoff, q, sound->rate).band;

      zab_sound_put (sound, start + i, gain * value * zab_strike (t, 0.0008, half_life), pan);
    }
}

/* A slack, wide skin: the modes of an ideal membrane, the first one lowered by the air inside. */
void
zab_hit_zabumba (ZabSound *sound, double when, double velocity)
{
  static const Mode modes[] = {
    { 55, 1.0, 0.145 }, { 97, 0.5, 0.075 },  { 131, 0.3, 0.05 },
    { 152, 0.2, 0.04 }, { 193, 0.12, 0.03 }, { 238, 0.08, 0.02 },
  };
  ZabPan pan = zab_pan (0);

  ring (sound, when, velocity, modes, G_N_ELEMENTS (modes), 0.4, pan);
  thump (sound, when, 1.4 * velocity, 240, 0.7, 0.012, pan);
}

void
zab_hit_bacalhau (ZabSound *sound, double when, double velocity)
{
  static const Mode modes[] = {
    { 312, 0.45, 0.020 }, { 497, 0.35, 0.016 },  { 717, 0.3, 0.012 },
    { 1130, 0.2, 0.009 }, { 1720, 0.15, 0.006 },
  };
  ZabPan pan = zab_pan (0.15);

  ring (sound, when, velocity, modes, G_N_ELEMENTS (modes), 0.12, pan);
  thump (sound, when, 1.6 * velocity, 3300, 0.9, 0.009, pan);
  thump (sound, when, 0.7 * velocity, 7200, 0.8, 0.004, pan);
}

static void
hit_agogo (ZabSound *sound, double when, double velocity, double pitch, double place)
{
  Mode modes[] = {
    { pitch, 1.0, 0.085 },         { 1.003 * pitch, 0.5, 0.11 },  { 1.506 * pitch, 0.4, 0.05 },
    { 2.47 * pitch, 0.35, 0.035 }, { 2.99 * pitch, 0.22, 0.028 }, { 4.13 * pitch, 0.15, 0.018 },
    { 5.61 * pitch, 0.1, 0.012 },  { 7.4 * pitch, 0.07, 0.008 },
  };

  ring (sound, when, 0.6 * velocity, modes, G_N_ELEMENTS (modes), 0, zab_pan (place));
  thump (sound, when, 0.3 * velocity, 4200, 0.8, 0.002, zab_pan (place));
}

void
zab_hit_agogo_low (ZabSound *sound, double when, double velocity)
{
  hit_agogo (sound, when, velocity, 659.26, -0.35); /* E5 */
}

void
zab_hit_agogo_high (ZabSound *sound, double when, double velocity)
{
  hit_agogo (sound, when, velocity, 880.0, -0.25); /* A5 */
}

static void
hit_triangle (ZabSound *sound, double when, double velocity, double ringing)
{
  Mode modes[] = {
    { 1318, 0.10, ringing },       { 2467, 0.35, 0.9 * ringing }, { 2474, 0.3, ringing },
    { 4121, 0.5, 0.8 * ringing },  { 4135, 0.4, 0.7 * ringing },  { 6233, 0.4, 0.55 * ringing },
    { 6251, 0.25, 0.5 * ringing }, { 8714, 0.3, 0.4 * ringing },  { 11390, 0.2, 0.3 * ringing },
    { 14210, 0.1, 0.2 * ringing },
  };

  ring (sound, when, 0.4 * velocity, modes, G_N_ELEMENTS (modes), 0, zab_pan (0.5));
  thump (sound, when, 0.2 * velocity, 7000, 0.8, 0.002, zab_pan (0.5));
}

void
zab_hit_triangle (ZabSound *sound, double when, double velocity)
{
  hit_triangle (sound, when, velocity, 0.22);
}

void
zab_hit_triangle_muted (ZabSound *sound, double when, double velocity)
{
  hit_triangle (sound, when, 0.8 * velocity, 0.012);
}
