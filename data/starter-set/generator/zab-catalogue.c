/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-catalogue.h"
#include "zab-drums.h"
#include "zab-loops.h"
#include "zab-reverb.h"
#include "zab-tones.h"

#include <math.h>

#define BEAT         0.5 /* seconds */
#define LONGEST_TAIL 4.0
#define LONGEST_SHOT 8.0

#define ONE_HIT(hit)                                                                               \
  static void draw_##hit (ZabSound *sound)                                                         \
  {                                                                                                \
    zab_hit_##hit (sound, 0, 1);                                                                   \
  }

ONE_HIT (kick)
ONE_HIT (snare)
ONE_HIT (clap)
ONE_HIT (rim)
ONE_HIT (closed_hat)
ONE_HIT (open_hat)
ONE_HIT (low_tom)
ONE_HIT (high_tom)
ONE_HIT (crash)
ONE_HIT (shaker)
ONE_HIT (zabumba)
ONE_HIT (bacalhau)
ONE_HIT (agogo_low)
ONE_HIT (agogo_high)
ONE_HIT (triangle)

static void
draw_bass_a (ZabSound *sound)
{
  zab_tone_bass (sound, 0, 0.6, 33, 1);
}

static void
draw_bass_e (ZabSound *sound)
{
  zab_tone_bass (sound, 0, 0.6, 28, 1);
}

static void
draw_chord (ZabSound *sound, const int *notes)
{
  for (int i = 0; i < 4; i++)
    zab_tone_stab (sound, 0, 0.45, notes[i], 1);
}

static void
draw_chord_a_minor (ZabSound *sound)
{
  draw_chord (sound, (const int[]){ 57, 60, 64, 69 });
}

static void
draw_chord_f (ZabSound *sound)
{
  draw_chord (sound, (const int[]){ 57, 60, 65, 69 });
}

static void
draw_chord_c (ZabSound *sound)
{
  draw_chord (sound, (const int[]){ 55, 60, 64, 67 });
}

static void
draw_chord_g (ZabSound *sound)
{
  draw_chord (sound, (const int[]){ 55, 59, 62, 67 });
}

static void
draw_ooh (ZabSound *sound)
{
  zab_tone_voice (sound, 0, 1.3, 69, 1, 0.05, 0.35);
  zab_tone_voice (sound, 0, 1.3, 64, 0.7, 0.05, 0.35);
}

static void
draw_riser (ZabSound *sound)
{
  zab_tone_riser (sound, 0, 8 * BEAT);
}

static void
draw_impact (ZabSound *sound)
{
  zab_tone_impact (sound, 0);
}

#define I16   ZAB_CODING_INTEGER_16
#define I24   ZAB_CODING_INTEGER_24
#define F32   ZAB_CODING_FLOAT_32
#define LOSSY ZAB_CODING_LOSSY

/* A row of pads a paragraph: beats, tunes, notes and chords, kit, skins, bells and effects. The
 * rates and formats differ on purpose: the set is what a musician's own folder looks like. */
const ZabCatalogueItem zab_catalogue[ZAB_CATALOGUE_SIZE] = {
  { "01 House drums loop 120 bpm.flac", zab_loop_house, 8, 44100, 2, I16, -9, 0.04, 0.5 },
  { "02 Baião drums loop 120 bpm.wav", zab_loop_baiao, 8, 48000, 2, I24, -9, 0.07, 0.7 },
  { "03 Forró bells loop 120 bpm.aiff", zab_loop_forro, 8, 44100, 2, I16, -13.5, 0.08, 0.8 },
  { "04 Breakbeat loop 120 bpm.wav", zab_loop_break, 8, 22050, 1, I16, -9, 0.05, 0.5 },
  { "05 Hats and shaker loop 120 bpm.wav", zab_loop_hats, 8, 96000, 2, F32, -12, 0.03, 0.4 },
  { "06 Percussion loop 120 bpm.flac", zab_loop_percussion, 8, 48000, 2, I24, -12.5, 0.08, 0.8 },

  { "07 Deep bass loop 120 bpm Am.wav", zab_loop_bass, 16, 32000, 1, I16, -12.5, 0, 1 },
  { "08 Acid bass loop 120 bpm Am.flac", zab_loop_acid, 8, 44100, 1, I16, -14.5, 0.03, 0.6 },
  { "09 House chords loop 120 bpm Am.flac", zab_loop_chords, 16, 96000, 2, I24, -14, 0.12, 1.8 },
  { "10 Warm pad loop 120 bpm Am.aiff", zab_loop_pad, 16, 48000, 2, I24, -14.5, 0.15, 2.6 },
  { "11 Arpeggio loop 120 bpm Am.wav", zab_loop_arpeggio, 16, 44100, 2, I24, -14, 0.1, 1.6 },
  { "12 Vocal pad loop 120 bpm Am.flac", zab_loop_choir, 16, 32000, 2, I16, -14, 0.2, 2.8 },

  { "13 Bass A.wav", draw_bass_a, 0, 48000, 1, I16, -7.5, 0, 1 },
  { "14 Bass E.aiff", draw_bass_e, 0, 32000, 1, I16, -7.5, 0, 1 },
  { "15 Chord A minor.flac", draw_chord_a_minor, 0, 48000, 2, I16, -8.5, 0.12, 1.8 },
  { "16 Chord F.ogg", draw_chord_f, 0, 44100, 2, LOSSY, -8.5, 0.12, 1.8 },
  { "17 Chord C.opus", draw_chord_c, 0, 48000, 2, LOSSY, -8.5, 0.12, 1.8 },
  { "18 Chord G.wav", draw_chord_g, 0, 44100, 2, I24, -8.5, 0.12, 1.8 },

  { "19 Kick.wav", draw_kick, 0, 44100, 1, I24, -5.5, 0, 1 },
  { "20 Snare.wav", draw_snare, 0, 44100, 2, I16, -6.5, 0.07, 0.6 },
  { "21 Clap.aiff", draw_clap, 0, 48000, 2, I24, -7.5, 0.08, 0.7 },
  { "22 Rim shot.wav", draw_rim, 0, 48000, 1, F32, -8.5, 0.04, 0.4 },
  { "23 Closed hat.flac", draw_closed_hat, 0, 96000, 1, I24, -8.5, 0, 1 },
  { "24 Open hat.wav", draw_open_hat, 0, 96000, 1, I24, -8.5, 0, 1 },

  { "25 Low tom.ogg", draw_low_tom, 0, 48000, 2, LOSSY, -6.5, 0.05, 0.7 },
  { "26 High tom.ogg", draw_high_tom, 0, 44100, 1, LOSSY, -6.5, 0.05, 0.7 },
  { "27 Crash.flac", draw_crash, 0, 44100, 2, I16, -8.5, 0.04, 1.5 },
  { "28 Shaker.aiff", draw_shaker, 0, 22050, 1, I16, -8.5, 0, 1 },
  { "29 Zabumba open.wav", draw_zabumba, 0, 96000, 1, F32, -5.5, 0.03, 0.6 },
  { "30 Zabumba bacalhau.flac", draw_bacalhau, 0, 48000, 1, I16, -7.5, 0.05, 0.5 },

  { "31 Agogô low.opus", draw_agogo_low, 0, 48000, 2, LOSSY, -8.5, 0.08, 1.0 },
  { "32 Agogô high.opus", draw_agogo_high, 0, 48000, 1, LOSSY, -8.5, 0.08, 1.0 },
  { "33 Triangle.ogg", draw_triangle, 0, 44100, 2, LOSSY, -8.5, 0.05, 1.0 },
  { "34 Vocal ooh.mp3", draw_ooh, 0, 44100, 2, LOSSY, -7.5, 0.2, 2.4 },
  { "35 Riser.mp3", draw_riser, 0, 44100, 2, LOSSY, -7.5, 0.12, 2.0 },
  { "36 Impact.aiff", draw_impact, 0, 44100, 2, I24, -5.5, 0.25, 3.0 },
};

ZabSound *
zab_catalogue_item_draw (const ZabCatalogueItem *item)
{
  double    length = item->beats > 0 ? item->beats * BEAT + LONGEST_TAIL : LONGEST_SHOT;
  ZabSound *sound = zab_sound_new (item->rate, length);

  item->draw (sound);
  if (item->reverb > 0)
    zab_reverb (sound, item->reverb, item->reverb_seconds);
  zab_sound_remove_dc (sound);
  if (item->beats > 0)
    zab_sound_fold (sound, (size_t)item->beats * item->rate / 2);
  else
    zab_sound_trim (sound);
  if (item->channels == 1)
    zab_sound_to_mono (sound);
  zab_sound_scale (sound, pow (10, item->peak / 20) / zab_sound_peak (sound));
  return sound;
}
