/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "rt/zab-reference-private.h"

static void
mirror (gint64 *start, gint64 *end, gint64 n_frames)
{
  const gint64 old_start = *start;

  *start = n_frames - *end;
  *end = n_frames - old_start;
}

Region
zab_reference_region_of (const Pad *pad)
{
  const gint64 n_frames = (gint64)pad->sample->n_frames;
  const gint64 wanted = (gint64)floor (pad->sample->rate * pad->crossfade / 1000);
  Region       region = { .start = pad->start, .end = MIN (pad->end, n_frames) };
  gint64       length;

  if (region.start >= region.end)
    {
      region.start = 0;
      region.end = n_frames;
    }
  region.loop_start = MAX (pad->loop_start, region.start);
  region.loop_end = MIN (pad->loop_end, region.end);
  if (region.loop_start >= region.loop_end)
    {
      region.loop_start = region.start;
      region.loop_end = region.end;
    }
  region.reverse = pad->reverse;
  region.ping_pong = pad->ping_pong;
  if (region.reverse)
    {
      mirror (&region.start, &region.end, n_frames);
      mirror (&region.loop_start, &region.loop_end, n_frames);
    }
  length = region.loop_end - region.loop_start;
  region.crossfade = MIN (MIN (wanted, length), region.loop_start);
  if (region.crossfade * 2 < MIN (wanted, length))
    {
      region.crossfade = 0;
      region.dip = MIN (wanted / 2, length / 4);
    }
  return region;
}

static gint64
round_length (const Region *region)
{
  return (region->loop_end - region->loop_start) * (region->ping_pong ? 2 : 1);
}

gint64
zab_reference_line_end (const Voice *voice)
{
  const Region *region = &voice->region;

  return voice->loop ? region->loop_start + round_length (region) : region->end;
}

gint64
zab_reference_left (const Voice *voice)
{
  return zab_reference_line_end (voice) - (voice->at >> 32);
}

/* Frames that fade before the loop's end, and those that rise after its start. */
static gboolean
is_before_seam (const Voice *voice, gint64 frame)
{
  const Region *region = &voice->region;

  return voice->loop && !region->ping_pong && frame < region->loop_end
         && frame >= region->loop_end - region->crossfade - region->dip;
}

static gboolean
is_after_seam (const Voice *voice, gboolean looped, gint64 frame)
{
  const Region *region = &voice->region;

  return voice->loop && !region->ping_pong && looped && frame >= region->loop_start
         && frame < region->loop_start + region->dip;
}

gboolean
zab_reference_is_in_seam (const Voice *voice, gint64 frame)
{
  return is_before_seam (voice, frame) || is_after_seam (voice, voice->looped, frame);
}

/* Around the sample is silence. */
static void
add_frame (const Voice *voice, gint64 frame, double level, double *out)
{
  const ZabSample *sample = voice->sample;
  const gint64     n_frames = (gint64)sample->n_frames;

  if (frame < 0 || frame >= n_frames)
    return;
  if (voice->region.reverse)
    frame = n_frames - 1 - frame;
  for (guint i = 0; i < 2; i++)
    out[i]
        += level * (double)sample->frames[frame * sample->channels + MIN (i, sample->channels - 1)];
}

void
zab_reference_hear (const Voice *voice, gint64 frame, double *out)
{
  const Region *region = &voice->region;
  const double  seam = (double)(region->crossfade + region->dip);
  gboolean      looped = voice->looped;
  double        turn;

  out[0] = out[1] = 0;
  for (; voice->loop && frame >= zab_reference_line_end (voice); frame -= round_length (region))
    looped = TRUE;
  while (voice->loop && looped && frame < region->loop_start)
    frame += round_length (region);
  if (is_before_seam (voice, frame))
    {
      turn = G_PI / 2 * ((double)(frame - region->loop_end) + seam + 0.5) / seam;
      add_frame (voice, frame, cos (turn), out);
      if (region->crossfade > 0)
        add_frame (voice, frame - round_length (region), sin (turn), out);
    }
  else if (is_after_seam (voice, looped, frame))
    {
      turn = G_PI / 2 * ((double)(frame - region->loop_start) + 0.5) / seam;
      add_frame (voice, frame, sin (turn), out);
    }
  else if (voice->loop && frame >= region->loop_end)
    add_frame (voice, 2 * region->loop_end - 1 - frame, 1, out); /* the way back */
  else
    add_frame (voice, frame, 1, out);
}

void
zab_reference_go_on (Voice *voice, gint64 step)
{
  voice->at += step;
  while (voice->loop && zab_reference_left (voice) <= 0)
    {
      voice->at -= round_length (&voice->region) << 32;
      voice->looped = TRUE;
    }
}
