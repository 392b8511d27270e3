/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <samplerate.h>
#include <string.h>

#include "engine/load/zab-load-error.h"
#include "engine/resample/zab-resampler-private.h"

/* libsamplerate's best sinc. It never hears of the end: fed with silence it gives the last frame
 * too, which it would keep to itself otherwise. */
typedef struct
{
  SRC_STATE *state;
  double     ratio;
  guint      channels;
  float     *silence;
} SrcConverter;

enum
{
  SILENCE_FRAMES = 2048
};

static void
src_converter_free (gpointer converter)
{
  SrcConverter *self = converter;

  g_clear_pointer (&self->state, src_delete);
  g_free (self->silence);
  g_free (self);
}

gpointer
zab_resampler_src_new (guint in_rate, guint out_rate, guint channels, GError **error)
{
  int           code = 0;
  SRC_STATE    *state = src_new (SRC_SINC_BEST_QUALITY, (int)channels, &code);
  SrcConverter *self;

  if (state == NULL)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_FAILED,
                   _ ("libsamplerate can’t convert the audio: %s"), src_strerror (code));
      return NULL;
    }
  self = g_new0 (SrcConverter, 1);
  self->state = state;
  self->ratio = (double)out_rate / (double)in_rate;
  self->channels = channels;
  self->silence = g_new0 (float, SILENCE_FRAMES *channels);
  return self;
}

/* It looks ahead, so only at the end is there ever more than @max_out to come, and that is dropped;
 * before, the spare frame takes nothing, but lets it run where @max_out is 0. */
static gsize
src_converter_process (gpointer converter, const float *in, gsize n_frames, float *out,
                       gsize max_out)
{
  SrcConverter *self = converter;
  gsize         taken = 0, given = 0;

  while (taken < n_frames)
    {
      gsize    left = n_frames - taken;
      gsize    room = max_out - given;
      float    spare[2];
      SRC_DATA data = {
        .data_in = in != NULL ? in + taken * self->channels : self->silence,
        .data_out = room > 0 ? out + given * self->channels : spare,
        .input_frames = (long)(in != NULL ? left : MIN (left, SILENCE_FRAMES)),
        .output_frames = (long)MAX (room, 1),
        .src_ratio = self->ratio,
      };
      int code = src_process (self->state, &data);

      g_assert (code == 0 && data.input_frames_used + data.output_frames_gen > 0);
      if (room == 0 && data.output_frames_gen > 0)
        break;
      taken += (gsize)data.input_frames_used;
      given += (gsize)data.output_frames_gen;
    }
  return given;
}

const ZabResamplerClass zab_resampler_src_class = {
  .process = src_converter_process,
  .free = src_converter_free,
};
