/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-reference-private.h"

static const gint64 FRAME = G_GINT64_CONSTANT (1) << 32;

enum
{
  MAX_SOUNDING = 128, /* that are not cut */
  MAX_VOICES = 384,
};

Voice *
zab_reference_voice_at (const ZabReference *self, guint i)
{
  return &g_array_index (self->voices, Voice, i);
}

static gboolean
is_ending (const Voice *voice)
{
  return voice->release.on || voice->cut.on;
}

gboolean
zab_reference_sounds (const ZabReference *self, guint pad)
{
  for (guint i = 0; i < self->voices->len; i++)
    {
      const Voice *voice = zab_reference_voice_at (self, i);

      if (voice->pad == pad && !is_ending (voice))
        return TRUE;
    }
  return FALSE;
}

/* What has not been heard need not fall. */
void
zab_reference_cut_pad (ZabReference *self, guint pad)
{
  for (guint i = self->voices->len; i-- > 0;)
    {
      Voice *voice = zab_reference_voice_at (self, i);

      if (voice->pad == pad && voice->begin == self->now)
        g_array_remove_index (self->voices, i);
      else if (voice->pad == pad)
        zab_reference_begin (self, &voice->cut, ZAB_REFERENCE_CUT);
    }
}

void
zab_reference_release_pad (ZabReference *self, guint pad)
{
  for (guint i = 0; i < self->voices->len; i++)
    if (zab_reference_voice_at (self, i)->pad == pad)
      zab_reference_begin (self, &zab_reference_voice_at (self, i)->release,
                           self->pads[pad].release);
}

static Voice *
add_voice (ZabReference *self, guint number, double attack)
{
  const Pad   *pad = &self->pads[number];
  const Region region = zab_reference_region_of (pad);
  const gint64 quarter = (region.end - region.start) / 4;
  const Voice  voice = { .sample = pad->sample,
                         .pad = number,
                         .begin = self->now,
                         .attack = MIN (zab_reference_to_frames (self, attack), quarter),
                         .tail = MIN (zab_reference_to_frames (self, ZAB_REFERENCE_CUT), quarter),
                         .region = region,
                         .loop = zab_reference_pad_loops (pad) };

  g_assert_cmpuint (self->voices->len, <, MAX_VOICES); /* what then, it does not know */
  g_array_append_val (self->voices, voice);
  return zab_reference_voice_at (self, self->voices->len - 1);
}

/* Where too many sound, the oldest of those that were stopped is cut, or else the oldest of all. */
static void
make_room (ZabReference *self)
{
  Voice *oldest[2] = { NULL, NULL };
  guint  n = 0;

  for (guint i = 0; i < self->voices->len; i++)
    {
      Voice         *voice = zab_reference_voice_at (self, i);
      const gboolean stopped = voice->release.on;

      if (voice->cut.on)
        continue;
      n++;
      if (oldest[stopped] == NULL || voice->order < oldest[stopped]->order)
        oldest[stopped] = voice;
    }
  if (n >= MAX_SOUNDING)
    zab_reference_begin (self, oldest[1] != NULL ? &oldest[1]->cut : &oldest[0]->cut,
                         ZAB_REFERENCE_CUT);
}

void
zab_reference_start_voice (ZabReference *self, guint pad)
{
  Voice *voice;

  make_room (self);
  voice = add_voice (self, pad, self->pads[pad].attack);
  voice->velocity = self->pads[pad].velocity;
  voice->order = self->n_starts++;
  voice->at = voice->region.start * FRAME;
}

/* --- Moves ----------------------------------------------------------------------------------- */

/* Where in the sample a voice is, which way it goes there. */
static gint64
place_of (const Voice *voice, gboolean *backwards)
{
  const gint64 last = ((gint64)voice->sample->n_frames - 1) * FRAME;
  const gint64 turn = voice->region.loop_end * FRAME;
  gint64       place = voice->at;

  *backwards = voice->region.reverse;
  if (voice->loop && voice->region.ping_pong && place >= turn)
    {
      place = 2 * turn - FRAME - place;
      *backwards = !*backwards;
    }
  return voice->region.reverse ? last - place : place;
}

typedef enum
{
  STAYS,
  JUMPS,
  IS_CUT,
} Move;

/* What becomes of @old in @region: @new, which has the same place in it, or the nearest. */
static Move
move (const Voice *old, const Region *region, gboolean loop, Voice *new)
{
  const gint64 last = ((gint64)old->sample->n_frames - 1) * FRAME;
  const gint64 round = (region->loop_end - region->loop_start) * FRAME;
  gboolean     jumps = zab_reference_is_in_seam (old, old->at >> 32);
  gboolean     backwards;
  gint64       at = place_of (old, &backwards);

  if (region->reverse)
    at = last - at;
  if (!loop && at >= region->end * FRAME)
    return IS_CUT;
  if (at < region->start * FRAME)
    {
      at = region->start * FRAME;
      jumps = TRUE;
    }
  *new = *old;
  new->region = *region;
  new->loop = loop;
  new->looped = loop && old->loop && old->looped &&at >= region->loop_start *FRAME;
  for (; loop && at >= region->loop_end * FRAME; jumps = TRUE)
    at -= round;
  new->at = at;
  if (loop && region->ping_pong && backwards != region->reverse && at >= region->loop_start * FRAME)
    new->at = 2 * region->loop_end *FRAME - FRAME - at;
  if (jumps || zab_reference_is_in_seam (new, new->at >> 32))
    return JUMPS;
  return !loop && zab_reference_left (new) <= old->tail ? IS_CUT : STAYS;
}

/* The voice goes on where it is, or falls while another one goes on where it has to. */
static void
move_voice (ZabReference *self, guint i)
{
  Voice         *voice = zab_reference_voice_at (self, i);
  const Pad     *pad = &self->pads[voice->pad];
  const Region   region = zab_reference_region_of (pad);
  const gboolean loop = zab_reference_pad_loops (pad);
  Voice new;
  Voice *next;
  Move   what;

  if (!voice->loop && zab_reference_left (voice) <= voice->tail)
    return;
  what = move (voice, &region, loop, &new);
  if (what == IS_CUT)
    zab_reference_begin (self, &voice->cut, ZAB_REFERENCE_CUT);
  else if (what == STAYS || voice->begin == self->now) /* it has not been heard */
    *voice = new;
  else
    {
      zab_reference_begin (self, &voice->cut, ZAB_REFERENCE_CUT);
      next = add_voice (self, voice->pad, ZAB_REFERENCE_CUT);
      next->at = new.at;
      next->looped = new.looped;
      next->order = new.order;
      next->velocity = new.velocity;
    }
}

void
zab_reference_update_voices (ZabReference *self, guint pad)
{
  const guint n = self->voices->len;

  for (guint i = 0; i < n; i++)
    {
      const Voice *voice = zab_reference_voice_at (self, i);

      if (voice->pad == pad && !is_ending (voice) && voice->sample == self->pads[pad].sample)
        move_voice (self, i);
    }
}

/* --- The same sound at another rate ---------------------------------------------------------- */

static guint
scale (guint frame, const ZabSample *from, const ZabSample *to)
{
  return frame == ZAB_TO_THE_END
             ? frame
             : (guint)(((guint64)frame * to->rate + from->rate / 2) / from->rate);
}

/* To the same place, rounded down; or into the line's last frame. */
static void
scale_voice (Voice *voice, const ZabSample *to, const Region *region)
{
  const gint64 at = (gint64)((__int128)voice->at * to->rate / voice->sample->rate);

  voice->sample = to;
  voice->region = *region;
  voice->at = MIN (at >> 32, zab_reference_line_end (voice) - 1) * FRAME + at % FRAME;
}

void
zab_reference_replace_sample (ZabReference *self, guint number, const ZabSample *sample)
{
  Pad             *pad = &self->pads[number];
  const ZabSample *old = pad->sample;
  Region           region;

  pad->sample = sample;
  if (old == NULL)
    {
      zab_reference_cut_pad (self, number);
      return;
    }
  pad->start = scale (pad->start, old, sample);
  pad->end = scale (pad->end, old, sample);
  pad->loop_start = scale (pad->loop_start, old, sample);
  pad->loop_end = scale (pad->loop_end, old, sample);
  region = zab_reference_region_of (pad);
  for (guint i = 0; i < self->voices->len; i++)
    {
      Voice *voice = zab_reference_voice_at (self, i);

      if (voice->pad == number && voice->sample == old && !is_ending (voice))
        scale_voice (voice, sample, &region);
    }
}

/* A voice that has sounded its last frame is no more when the next frame's commands come. */
void
zab_reference_drop_ended (ZabReference *self)
{
  for (guint i = self->voices->len; i-- > 0;)
    {
      const Voice *voice = zab_reference_voice_at (self, i);

      if ((!voice->loop && zab_reference_left (voice) <= 0)
          || zab_reference_fall (self, &voice->release) <= 0
          || zab_reference_fall (self, &voice->cut) <= 0)
        g_array_remove_index (self->voices, i);
    }
}
