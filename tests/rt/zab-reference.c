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

typedef struct
{
  const ZabSample *sample;
  guint            pad;
  double           velocity;
  gint64           begin;
  gint64           attack, tail;
  gint64           at; /* frame of the sample */
  gboolean         loop;
  Span             release, cut;
} Voice;

typedef struct
{
  const ZabSample *sample;
  guint            mode, retrigger, quantise, choke;
  gboolean         loop;
  double           attack, release; /* ms */
  Glide            gain;
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
      self->pads[i].gain.to = 1;
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

static void
cut_pad (ZabReference *self, guint pad)
{
  for (guint i = 0; i < self->voices->len; i++)
    if (voice_at (self, i)->pad == pad)
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

static void
start_pad (ZabReference *self, guint number)
{
  const Pad *pad = &self->pads[number];
  Voice      voice = { .sample = pad->sample, .pad = number, .velocity = pad->velocity };

  if (pad->sample == NULL)
    return;
  for (guint i = 0; i < ZAB_N_PADS; i++)
    if (i == number ? pad->retrigger == ZAB_RETRIGGER_RESTART
                    : (pad->choke > 0 && self->pads[i].choke == pad->choke)
                          || (self->exclusive && loops (pad) && loops (&self->pads[i])))
      cut_pad (self, i);
  voice.begin = self->now;
  voice.attack = MIN (to_frames (self, pad->attack), (gint64)pad->sample->n_frames / 4);
  voice.tail = MIN (to_frames (self, CUT_MS), (gint64)pad->sample->n_frames / 4);
  voice.loop = loops (pad);
  g_array_append_val (self->voices, voice);
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

static void
update_loops (ZabReference *self, guint number)
{
  const gboolean loop = loops (&self->pads[number]);

  for (guint i = 0; i < self->voices->len; i++)
    {
      Voice       *voice = voice_at (self, i);
      const gint64 left = (gint64)voice->sample->n_frames - voice->at;

      if (voice->pad != number)
        continue;
      if (left > voice->tail)
        voice->loop = loop;
      else if (voice->loop && !loop)
        begin (self, &voice->cut, CUT_MS);
    }
}

static void
set_param (ZabReference *self, const ZabCommand *command)
{
  Pad *pad = &self->pads[command->pad % ZAB_N_PADS];

  if (command->param.id == ZAB_PARAM_GAIN)
    glide_to (self, command->pad == ZAB_MASTER ? &self->volume : &pad->gain,
              (double)command->param.value);
  else if (command->param.id == ZAB_PARAM_ATTACK)
    pad->attack = (double)command->param.value;
  else if (command->param.id == ZAB_PARAM_RELEASE)
    pad->release = (double)command->param.value;
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
      update_loops (self, command->pad);
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
      update_loops (self, command->pad);
      break;
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

static void
add_voice (ZabReference *self, Voice *voice, double *out)
{
  const gint64 n_frames = (gint64)voice->sample->n_frames;
  const float *frame = voice->sample->frames + voice->at * voice->sample->channels;
  double       level = voice->velocity * rise (self->now - voice->begin + 1, voice->attack)
                 * fall (self, &voice->release) * fall (self, &voice->cut)
                 * glide_at (&self->pads[voice->pad].gain, self->now);
  if (!voice->loop)
    level *= rise (n_frames - voice->at, voice->tail);
  out[0] += level * (double)frame[0];
  out[1] += level * (double)frame[voice->sample->channels - 1];
  voice->at++;
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

      if ((voice->at >= (gint64)voice->sample->n_frames && !voice->loop)
          || fall (self, &voice->release) <= 0 || fall (self, &voice->cut) <= 0)
        g_array_remove_index (self->voices, i);
      else if (voice->at >= (gint64)voice->sample->n_frames)
        voice_at (self, i)->at = 0;
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
