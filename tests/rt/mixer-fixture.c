/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/mixer-fixture.h"

ZabSample *
sample_new (guint64 n_frames, guint channels, float value)
{
  ZabSample *sample = g_new0 (ZabSample, 1);
  float     *frames = g_new (float, n_frames *channels);

  for (guint64 i = 0; i < n_frames * channels; i++)
    frames[i] = value;
  sample->frames = frames;
  sample->n_frames = n_frames;
  sample->channels = channels;
  sample->rate = RATE;
  return sample;
}

void
sample_free (ZabSample *sample)
{
  g_free ((float *)sample->frames);
  g_free (sample);
}

ZabMixer *
mixer_new (void)
{
  ZabMixer *mixer = g_new0 (ZabMixer, 1);

  zab_mixer_init (mixer, RATE);
  return mixer;
}

guint
free_retired (ZabMixer *mixer)
{
  ZabSample *sample = zab_mixer_take_retired (mixer);
  guint      n = 0;

  while (sample != NULL)
    {
      ZabSample *next = sample->next_retired;

      sample_free (sample);
      sample = next;
      n++;
    }
  return n;
}

void
mixer_free (ZabMixer *mixer)
{
  zab_mixer_drain (mixer);
  free_retired (mixer);
  g_free (mixer);
}

void
push (ZabMixer *mixer, ZabCommand command)
{
  g_assert_true (zab_mixer_push (mixer, &command));
}

void
load (ZabMixer *mixer, guint pad, ZabSample *sample)
{
  push (mixer, (ZabCommand){ .type = ZAB_COMMAND_LOAD_SAMPLE, .pad = pad, .sample = sample });
}

void
play (ZabMixer *mixer, guint pad, float velocity)
{
  push (mixer, (ZabCommand){ .type = ZAB_COMMAND_PLAY, .pad = pad, .velocity = velocity });
}

void
tell (ZabMixer *mixer, ZabCommandType type, guint pad)
{
  push (mixer, (ZabCommand){ .type = type, .pad = pad });
}

void
set_loop (ZabMixer *mixer, guint pad, gboolean loop)
{
  push (mixer, (ZabCommand){ .type = ZAB_COMMAND_SET_LOOP, .pad = pad, .value = loop != FALSE });
}

float *
render (ZabMixer *mixer, guint n_frames)
{
  float *out = g_new (float, 2 * n_frames);

  zab_mixer_render (mixer, out, n_frames);
  return out;
}

float
fade (gint64 step, gint64 length)
{
  return step > length ? 1.0f : (float)step / (float)(length + 1);
}
