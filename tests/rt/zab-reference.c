/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-reference.h"

#include <math.h>
#include <string.h>

#include "rt/zab-launch.h"

static const double CUT_MS = 5;

/* Something that began at a frame and takes a number of them. */
typedef struct
{
  gboolean on;
  gint64   begin;
  gint64   length;
} Span;

/* A value that goes from one to another during a span. */
typedef struct
{
  double from, to;
  Span   way;
} Glide;

/* Frames of a sample that are played, from the first to the last one before end, or back. */
typedef struct
{
  gint64   start, end;
  gint64   loop_start, loop_end;
  gint64   crossfade, dip;
  int      way; /* 1, or -1: from the end to the start */
  gboolean ping_pong;
} Region;

typedef struct
{
  const ZabSample *sample;
  guint            pad;
  double           velocity;
  gint64           begin;
  gint64           attack, tail;
  Region           region;
  gint64           at;  /* frame of the sample */
  int              way; /* to the next */
  gboolean         loop, looped;
  Span             release, cut;
} Voice;

typedef struct
{
  const ZabSample *sample;
  guint            mode, retrigger, quantise, choke;
  gboolean         loop;
  double           attack, release, crossfade; /* ms */
  guint            start, end, loop_start, loop_end;
  gboolean         reverse, ping_pong;
  Glide            gain, left, right;
  double           wanted;
  gboolean         mute, solo;
  int              waiting; /* 1 to start, -1 to stop */
  double           velocity;
} Pad;

struct _ZabReference
{
  guint    rate;
  gint64   now;
  GArray  *commands;
  GArray  *voices;
  Pad      pads[ZAB_N_PADS];
  Glide    volume;
  guint    quantise;
  gboolean exclusive;

  gboolean runs;
  guint64  tempo; /* thousandths */
  guint64  beats, unit;
  guint64  position; /* of this frame, 60000 x rate being a quarter note */
  guint64  bar;      /* position of the last metre's first bar */
};

ZabReference *
zab_reference_new (guint rate)
{
  ZabReference *self = g_new0 (ZabReference, 1);

  self->rate = rate;
  self->commands = g_array_new (FALSE, FALSE, sizeof (ZabCommand));
  self->voices = g_array_new (FALSE, FALSE, sizeof (Voice));
  self->volume.to = 1;
  self->tempo = 120000;
  self->beats = self->unit = 4;
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      self->pads[i].attack = self->pads[i].release = 3;
      self->pads[i].gain.to = self->pads[i].left.to = self->pads[i].right.to = 1;
      self->pads[i].wanted = 1;
      self->pads[i].end = self->pads[i].loop_end = ZAB_TO_THE_END;
    }
  return self;
}

void
zab_reference_free (ZabReference *self)
{
  g_array_unref (self->commands);
  g_array_unref (self->voices);
  g_free (self);
}

void
zab_reference_add (ZabReference *self, const ZabCommand *command)
{
  guint i = self->commands->len;

  while (i > 0 && g_array_index (self->commands, ZabCommand, i - 1).time > command->time)
    i--;
  g_array_insert_val (self->commands, i, *command);
}

static gint64
to_frames (const ZabReference *self, double ms)
{
  return (gint64)floor (self->rate * ms / 1000);
}

static void
begin (const ZabReference *self, Span *span, double ms)
{
  if (!span->on)
    *span = (Span){ .on = TRUE, .begin = self->now, .length = to_frames (self, ms) };
}

static double
glide_at (const Glide *glide, gint64 now)
{
  const gint64 gone = now - glide->way.begin;

  if (!glide->way.on || gone >= glide->way.length)
    return glide->to;
  return glide->from + (glide->to - glide->from) * (double)gone / (double)glide->way.length;
}

static void
glide_to (const ZabReference *self, Glide *glide, double value)
{
  glide->from = glide_at (glide, self->now);
  glide->to = value;
  glide->way.on = FALSE;
  begin (self, &glide->way, CUT_MS);
}

static Voice *
voice_at (const ZabReference *self, guint i)
{
  return &g_array_index (self->voices, Voice, i);
}

static gboolean
is_ending (const Voice *voice)
{
  return voice->release.on || voice->cut.on;
}

static gboolean
sounds (const ZabReference *self, guint pad)
{
  for (guint i = 0; i < self->voices->len; i++)
    if (voice_at (self, i)->pad == pad && !is_ending (voice_at (self, i)))
      return TRUE;
  return FALSE;
}

/* What has not been heard need not fall. */
static void
cut_pad (ZabReference *self, guint pad)
{
  for (guint i = self->voices->len; i-- > 0;)
    if (voice_at (self, i)->pad == pad && voice_at (self, i)->begin == self->now)
      g_array_remove_index (self->voices, i);
    else if (voice_at (self, i)->pad == pad)
      begin (self, &voice_at (self, i)->cut, CUT_MS);
}

static void
release_pad (ZabReference *self, guint pad)
{
  for (guint i = 0; i < self->voices->len; i++)
    if (voice_at (self, i)->pad == pad)
      begin (self, &voice_at (self, i)->release, self->pads[pad].release);
}

static gboolean
loops (const Pad *pad)
{
  return pad->loop || pad->mode == ZAB_LAUNCH_LOOP;
}

static Region
region_of (const Pad *pad)
{
  const gint64 n_frames = (gint64)pad->sample->n_frames;
  const gint64 wanted = (gint64)floor (pad->sample->rate * pad->crossfade / 1000);
  Region       region = { .start = pad->start, .end = MIN (pad->end, n_frames), .way = 1 };
  gint64       length, before;

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
  if (pad->reverse)
    region.way = -1;
  region.ping_pong = pad->ping_pong;
  length = region.loop_end - region.loop_start;
  before = pad->reverse ? n_frames - region.loop_end : region.loop_start;
  region.crossfade = MIN (MIN (wanted, length), before);
  if (region.crossfade * 2 < MIN (wanted, length))
    {
      region.crossfade = 0;
      region.dip = MIN (wanted / 2, length / 4);
    }
  return region;
}

/* Frames that are left, @at included, to the end of what is played, or of the loop. */
static gint64
left_to_end (const Region *region, gint64 at)
{
  return region->way > 0 ? region->end - at : at - region->start + 1;
}

static gint64
left_in_loop (const Region *region, gint64 at)
{
  return region->way > 0 ? region->loop_end - at : at - region->loop_start + 1;
}

static gint64
gone_in_loop (const Region *region, gint64 at)
{
  return region->loop_end - region->loop_start - left_in_loop (region, at);
}

static gint64
gone_since_start (const Region *region, gint64 at)
{
  return region->end - region->start - left_to_end (region, at);
}

static void
start_voice (ZabReference *self, guint number, double attack, double velocity, gint64 at, int way,
             gboolean looped)
{
  const Pad   *pad = &self->pads[number];
  const Region region = region_of (pad);
  const gint64 quarter = (region.end - region.start) / 4;
  const Voice  voice = { .sample = pad->sample,
                         .pad = number,
                         .velocity = velocity,
                         .begin = self->now,
                         .attack = MIN (to_frames (self, attack), quarter),
                         .tail = MIN (to_frames (self, CUT_MS), quarter),
                         .region = region,
                         .at = at,
                         .way = way,
                         .loop = loops (pad),
                         .looped = looped };

  g_array_append_val (self->voices, voice);
}

static void
start_pad (ZabReference *self, guint number)
{
  const Pad *pad = &self->pads[number];
  Region     region;

  if (pad->sample == NULL)
    return;
  for (guint i = 0; i < ZAB_N_PADS; i++)
    if (i == number ? pad->retrigger == ZAB_RETRIGGER_RESTART
                    : (pad->choke > 0 && self->pads[i].choke == pad->choke)
                          || (self->exclusive && loops (pad) && loops (&self->pads[i])))
      cut_pad (self, i);
  region = region_of (pad);
  start_voice (self, number, pad->attack, pad->velocity,
               region.way > 0 ? region.start : region.end - 1, region.way, FALSE);
}

/* --- Time ------------------------------------------------------------------------------------ */

static guint64
bar_length (const ZabReference *self)
{
  return 4 * 60000ull * self->rate * self->beats / self->unit;
}

/* Whether a line of the grid lies after the frame before, and not after this one. */
static gboolean
is_on_line (const ZabReference *self, guint quantise)
{
  const guint64 bar = bar_length (self);
  const guint64 here = self->position - self->bar;
  const guint64 in_bar = here % bar;

  if (quantise == ZAB_QUANTISE_FOLLOW)
    quantise = self->quantise;
  if (!self->runs || quantise == ZAB_QUANTISE_FOLLOW || quantise == ZAB_QUANTISE_OFF)
    return TRUE;
  if (quantise >= ZAB_QUANTISE_1_BAR)
    return here % (bar << (quantise - ZAB_QUANTISE_1_BAR)) < self->tempo;
  return in_bar % ((240000ull * self->rate) >> (ZAB_QUANTISE_1_2 - quantise + 1)) < self->tempo;
}

static void
launch (ZabReference *self, guint number)
{
  Pad      *pad = &self->pads[number];
  const int what = pad->waiting;

  if (what == 0 || !is_on_line (self, pad->quantise))
    return;
  pad->waiting = 0;
  if (what > 0)
    start_pad (self, number);
  else
    release_pad (self, number);
}

/* --- Commands -------------------------------------------------------------------------------- */

static void
stop_pad (ZabReference *self, guint number)
{
  self->pads[number].waiting = sounds (self, number) ? -1 : 0;
  launch (self, number);
}

static void
press_pad (ZabReference *self, guint number, double velocity)
{
  Pad *pad = &self->pads[number];

  if (pad->mode == ZAB_LAUNCH_TOGGLE && pad->waiting != 0)
    pad->waiting = 0;
  else if (pad->mode == ZAB_LAUNCH_TOGGLE && sounds (self, number))
    stop_pad (self, number);
  else
    {
      pad->velocity = velocity;
      pad->waiting = 1;
      launch (self, number);
    }
}

static gboolean
is_in_seam (const Region *region, gboolean loop, gboolean looped, gint64 at)
{
  const gint64 gone = gone_in_loop (region, at);

  if (!loop || region->ping_pong)
    return FALSE;
  return left_in_loop (region, at) <= region->crossfade + region->dip
         || (looped && gone >= 0 && gone < region->dip);
}

/* The voice goes on where it is, or falls while another one goes on where it has to. */
static void
move_voice (ZabReference *self, guint i)
{
  Voice         *voice = voice_at (self, i);
  const Pad     *pad = &self->pads[voice->pad];
  const Region   region = region_of (pad);
  const gboolean loop = loops (pad);
  gboolean       jumps = is_in_seam (&voice->region, voice->loop, voice->looped, voice->at);
  gboolean       looped;
  int            way = region.way;
  gint64         at = voice->at;

  if (!voice->loop && left_to_end (&voice->region, at) <= voice->tail)
    return;
  if (!loop && left_to_end (&region, at) <= 0)
    {
      begin (self, &voice->cut, CUT_MS);
      return;
    }
  if (gone_since_start (&region, at) < 0)
    {
      at = region.way > 0 ? region.start : region.end - 1;
      jumps = TRUE;
    }
  looped = loop && voice->loop && voice->looped && gone_in_loop (&region, at) >= 0;
  while (loop && left_in_loop (&region, at) <= 0)
    {
      at -= region.way * (region.loop_end - region.loop_start);
      jumps = TRUE;
    }
  if (loop && region.ping_pong && gone_in_loop (&region, at) >= 0)
    way = voice->way;
  jumps = jumps || is_in_seam (&region, loop, looped, at);
  if (jumps && voice->begin < self->now) /* it has been heard */
    {
      begin (self, &voice->cut, CUT_MS);
      start_voice (self, voice->pad, CUT_MS, voice->velocity, at, way, looped);
      return;
    }
  if (!jumps && !loop && left_to_end (&region, at) <= voice->tail)
    {
      begin (self, &voice->cut, CUT_MS);
      return;
    }
  voice->region = region;
  voice->at = at;
  voice->way = way;
  voice->loop = loop;
  voice->looped = looped;
}

static void
update_voices (ZabReference *self, guint number)
{
  const guint n = self->voices->len;

  for (guint i = 0; i < n; i++)
    if (voice_at (self, i)->pad == number && !is_ending (voice_at (self, i))
        && voice_at (self, i)->sample == self->pads[number].sample)
      move_voice (self, i);
}

static void
update_gains (ZabReference *self)
{
  gboolean any_solo = FALSE;

  for (guint i = 0; i < ZAB_N_PADS; i++)
    any_solo |= self->pads[i].solo;
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      Pad         *pad = &self->pads[i];
      const double gain = pad->mute || (any_solo && !pad->solo) ? 0 : pad->wanted;

      if (gain < pad->gain.to || gain > pad->gain.to)
        glide_to (self, &pad->gain, gain);
    }
}

static void
set_param (ZabReference *self, const ZabCommand *command)
{
  Pad         *pad = &self->pads[command->pad % ZAB_N_PADS];
  const double value = (double)command->param.value;

  switch ((ZabParam)command->param.id)
    {
    case ZAB_PARAM_GAIN:
      if (command->pad == ZAB_MASTER)
        glide_to (self, &self->volume, value);
      else
        pad->wanted = value;
      break;
    case ZAB_PARAM_ATTACK:
      pad->attack = value;
      break;
    case ZAB_PARAM_RELEASE:
      pad->release = value;
      break;
    case ZAB_PARAM_CROSSFADE:
      pad->crossfade = value;
      update_voices (self, command->pad);
      break;
    case ZAB_PARAM_PAN:
      glide_to (self, &pad->left, sqrt (2) * cos (asin (value) / 2 + G_PI / 4));
      glide_to (self, &pad->right, sqrt (2) * sin (asin (value) / 2 + G_PI / 4));
      break;
    case ZAB_PARAM_MUTE:
      pad->mute = value > 0;
      break;
    case ZAB_PARAM_SOLO:
      pad->solo = value > 0;
      break;
    case ZAB_PARAM_SPEED:
    case ZAB_PARAM_EQ_LOW:
    case ZAB_PARAM_EQ_MID:
    case ZAB_PARAM_EQ_HIGH:
    case ZAB_PARAM_LIMITER:
    case ZAB_N_PARAMS:
      g_assert_not_reached (); /* tests of their own */
    }
  update_gains (self);
}

static void
set_metre (ZabReference *self, const ZabCommand *command)
{
  while (self->position - self->bar >= bar_length (self))
    self->bar += bar_length (self);
  self->beats = command->metre.beats;
  self->unit = command->metre.unit;
}

static void
stop_transport (ZabReference *self)
{
  self->runs = FALSE;
  for (guint i = 0; i < ZAB_N_PADS; i++)
    if (self->pads[i].waiting > 0)
      self->pads[i].waiting = 0;
    else
      launch (self, i);
}

static void
apply (ZabReference *self, const ZabCommand *command)
{
  Pad *pad = &self->pads[command->pad % ZAB_N_PADS];

  switch (command->type)
    {
    case ZAB_COMMAND_LOAD_SAMPLE:
    case ZAB_COMMAND_UNLOAD:
      cut_pad (self, command->pad);
      pad->sample = command->type == ZAB_COMMAND_UNLOAD ? NULL : command->sample;
      break;
    case ZAB_COMMAND_PLAY:
      press_pad (self, command->pad, (double)command->velocity);
      break;
    case ZAB_COMMAND_RELEASE:
      if (pad->mode == ZAB_LAUNCH_GATE)
        stop_pad (self, command->pad);
      break;
    case ZAB_COMMAND_STOP:
      stop_pad (self, command->pad);
      break;
    case ZAB_COMMAND_STOP_ALL:
      for (guint i = 0; i < ZAB_N_PADS; i++)
        {
          self->pads[i].waiting = 0;
          release_pad (self, i);
        }
      break;
    case ZAB_COMMAND_SET_MODE:
      pad->mode = command->value;
      update_voices (self, command->pad);
      break;
    case ZAB_COMMAND_SET_RETRIGGER:
      pad->retrigger = command->value;
      break;
    case ZAB_COMMAND_SET_CHOKE:
      pad->choke = command->value;
      break;
    case ZAB_COMMAND_SET_EXCLUSIVE:
      self->exclusive = command->value != 0;
      break;
    case ZAB_COMMAND_SET_LOOP:
      pad->loop = command->value != 0;
      update_voices (self, command->pad);
      break;
    case ZAB_COMMAND_SET_PING_PONG:
      pad->ping_pong = command->value != 0;
      update_voices (self, command->pad);
      break;
    case ZAB_COMMAND_SET_REVERSE:
      pad->reverse = command->value != 0;
      update_voices (self, command->pad);
      break;
    case ZAB_COMMAND_SET_REGION:
      pad->start = command->range.start;
      pad->end = command->range.end;
      update_voices (self, command->pad);
      break;
    case ZAB_COMMAND_SET_LOOP_RANGE:
      pad->loop_start = command->range.start;
      pad->loop_end = command->range.end;
      update_voices (self, command->pad);
      break;
    case ZAB_COMMAND_REPLACE_SAMPLE:
    case ZAB_COMMAND_SET_QUALITY:
      g_assert_not_reached (); /* read between frames: tests of their own */
    case ZAB_COMMAND_SET_QUANTISE:
      if (command->pad == ZAB_MASTER)
        self->quantise = command->value;
      else
        pad->quantise = command->value;
      break;
    case ZAB_COMMAND_START_TRANSPORT:
      self->runs = TRUE;
      self->position = self->bar = 0;
      break;
    case ZAB_COMMAND_STOP_TRANSPORT:
      stop_transport (self);
      break;
    case ZAB_COMMAND_SET_TEMPO:
      self->tempo = command->value;
      break;
    case ZAB_COMMAND_SET_METRE:
      set_metre (self, command);
      break;
    case ZAB_COMMAND_SET_PARAM:
      set_param (self, command);
      break;
    }
}

/* --- Sound ----------------------------------------------------------------------------------- */

static double
rise (gint64 step, gint64 length)
{
  return MIN (1.0, (double)step / (double)(length + 1));
}

static double
fall (const ZabReference *self, const Span *span)
{
  return span->on ? rise (span->length - (self->now - span->begin), span->length) : 1;
}

static double
frame_at (const Voice *voice, gint64 at, guint channel)
{
  const ZabSample *sample = voice->sample;

  if (at < 0 || at >= (gint64)sample->n_frames)
    return 0;
  return (double)sample->frames[at * sample->channels + MIN (channel, sample->channels - 1)];
}

static double
value_of (const Voice *voice, guint channel)
{
  const Region *region = &voice->region;
  const gint64  seam = region->crossfade + region->dip;
  const gint64  length = region->loop_end - region->loop_start;
  const gint64  left = left_in_loop (region, voice->at);
  double        value = frame_at (voice, voice->at, channel);
  double        turn;

  if (!is_in_seam (region, voice->loop, voice->looped, voice->at))
    return value;
  if (left > seam)
    return value
           * sin (G_PI / 2 * ((double)gone_in_loop (region, voice->at) + 0.5)
                  / (double)region->dip);
  turn = G_PI / 2 * ((double)(seam - left) + 0.5) / (double)seam;
  value *= cos (turn);
  if (region->crossfade > 0)
    value += sin (turn) * frame_at (voice, voice->at - region->way * length, channel);
  return value;
}

static void
go_on (Voice *voice)
{
  const Region *region = &voice->region;
  const gint64  first = region->way > 0 ? region->loop_start : region->loop_end - 1;
  const gint64  last = region->way > 0 ? region->loop_end - 1 : region->loop_start;

  if (!voice->loop || (voice->way == region->way && voice->at != last)
      || (voice->way != region->way && voice->at != first))
    voice->at += voice->way;
  else if (voice->way != region->way)
    {
      voice->way = region->way;
      voice->looped = TRUE;
    }
  else if (region->ping_pong)
    voice->way = -region->way;
  else
    {
      voice->at = first;
      voice->looped = TRUE;
    }
}

static void
add_voice (ZabReference *self, Voice *voice, double *out)
{
  double level = voice->velocity * rise (self->now - voice->begin + 1, voice->attack)
                 * fall (self, &voice->release) * fall (self, &voice->cut)
                 * glide_at (&self->pads[voice->pad].gain, self->now);

  if (!voice->loop)
    level *= rise (left_to_end (&voice->region, voice->at), voice->tail);
  out[0] += level * value_of (voice, 0) * glide_at (&self->pads[voice->pad].left, self->now);
  out[1] += level * value_of (voice, 1) * glide_at (&self->pads[voice->pad].right, self->now);
  go_on (voice);
}

static void
render_frame (ZabReference *self, double *out)
{
  const double volume = glide_at (&self->volume, self->now);

  out[0] = out[1] = 0;
  for (guint i = 0; i < self->voices->len; i++)
    add_voice (self, voice_at (self, i), out);
  out[0] *= volume;
  out[1] *= volume;
}

/* A voice that has sounded its last frame is no more when the next frame's commands come. */
static void
drop_ended (ZabReference *self)
{
  for (guint i = self->voices->len; i-- > 0;)
    {
      const Voice *voice = voice_at (self, i);

      if ((!voice->loop && left_to_end (&voice->region, voice->at) <= 0)
          || fall (self, &voice->release) <= 0 || fall (self, &voice->cut) <= 0)
        g_array_remove_index (self->voices, i);
    }
}

void
zab_reference_render (ZabReference *self, double *out, guint n_frames)
{
  for (guint i = 0; i < n_frames; i++)
    {
      drop_ended (self);
      while (self->commands->len > 0
             && g_array_index (self->commands, ZabCommand, 0).time <= (guint64)self->now)
        {
          const ZabCommand command = g_array_index (self->commands, ZabCommand, 0);

          g_array_remove_index (self->commands, 0);
          apply (self, &command);
        }
      for (guint pad = 0; pad < ZAB_N_PADS; pad++)
        launch (self, pad);
      render_frame (self, out + 2 * i);
      self->now++;
      if (self->runs)
        self->position += self->tempo;
    }
}
