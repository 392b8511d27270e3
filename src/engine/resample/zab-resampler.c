/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resample/zab-resampler-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "engine/load/zab-load-error.h"
#include "engine/resample/zab-resampler-frames.h"
#include "rt/zab-denormals.h"

enum
{
  MIN_RATE = 4000,
  MAX_RATE = 384000,
  CHUNK_FRAMES = 2048, /* what is checked and then taken while it is in the cache */
};

struct _ZabResampler
{
  const ZabResamplerClass *klass; /* NULL: the rates are equal */
  gpointer                 converter;
  guint                    in_rate;
  guint                    out_rate;
  guint                    channels;
  guint64                  n_in;
  guint64                  n_out;
  gboolean                 failed;
  gboolean                 finished;
};

static gboolean
open_converter (ZabResampler *self, ZabConverter converter, GError **error)
{
  switch (converter)
    {
    case ZAB_CONVERTER_FFT:
      self->klass = &zab_resampler_fft_class;
      self->converter = zab_resampler_fft_new (self->in_rate, self->out_rate, self->channels);
      return TRUE;
    case ZAB_CONVERTER_LIBSAMPLERATE:
      self->klass = &zab_resampler_src_class;
      self->converter
          = zab_resampler_src_new (self->in_rate, self->out_rate, self->channels, error);
      return self->converter != NULL;
    }
  g_return_val_if_reached (FALSE);
}

ZabResampler *
zab_resampler_new (ZabConverter converter, guint in_rate, guint out_rate, guint channels,
                   GError **error)
{
  g_autoptr (ZabResampler) self = NULL;

  g_return_val_if_fail (channels == 1 || channels == 2, NULL);
  if (MIN (in_rate, out_rate) < MIN_RATE || MAX (in_rate, out_rate) > MAX_RATE)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_FAILED,
                   _ ("Audio can’t be converted from %u to %u Hz: rates must be %d to %d Hz"),
                      in_rate, out_rate, MIN_RATE, MAX_RATE);
      return NULL;
    }
  self = g_new0 (ZabResampler, 1);
  self->in_rate = in_rate;
  self->out_rate = out_rate;
  self->channels = channels;
  if (in_rate != out_rate && !open_converter (self, converter, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
zab_resampler_free (ZabResampler *self)
{
  if (self == NULL)
    return;
  if (self->converter != NULL)
    self->klass->free (self->converter);
  g_free (self);
}

/* Without overflow for every length that memory can hold. */
guint64
zab_resampler_get_length (const ZabResampler *self, guint64 n_frames)
{
  guint64 whole = n_frames / self->in_rate;
  guint64 rest = n_frames % self->in_rate;

  return whole * self->out_rate + (rest * self->out_rate + self->in_rate - 1) / self->in_rate;
}

/* The filter looks ahead, so what has come in never makes more than its own length. */
gsize
zab_resampler_get_max_output (const ZabResampler *self, gsize n_frames)
{
  return zab_resampler_get_length (self, self->n_in + n_frames) - self->n_out;
}

static gsize
take_chunk (ZabResampler *self, const float *in, gsize n_frames, float *out)
{
  gsize room = zab_resampler_get_max_output (self, n_frames);

  self->n_in += n_frames;
  if (self->klass != NULL)
    return self->klass->process (self->converter, in, n_frames, out, room);
  if (out != NULL)
    memcpy (out, in, n_frames * self->channels * sizeof *in);
  return n_frames;
}

gssize
zab_resampler_push (ZabResampler *self, const float *in, gsize n_frames, float *out, GError **error)
{
  const guint64   n_out_before = self->n_out;
  ZabDenormalMode mode;

  g_return_val_if_fail (!self->finished, -1);
  mode = zab_denormals_flush ();
  for (gsize done = 0; done < n_frames && !self->failed;)
    {
      gsize n = MIN (n_frames - done, CHUNK_FRAMES);
      gsize given;

      self->failed = !zab_frames_are_finite (in, n * self->channels);
      if (self->failed)
        break;
      given = take_chunk (self, in, n, out);
      self->n_out += given;
      in += n * self->channels;
      out = out != NULL ? out + given * self->channels : NULL;
      done += n;
    }
  zab_denormals_restore (mode);
  if (!self->failed)
    return (gssize)(self->n_out - n_out_before);
  g_set_error_literal (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_FINITE,
                       _ ("The audio contains samples that are not numbers, or infinite"));
  return -1;
}

gssize
zab_resampler_finish (ZabResampler *self, float *out, GError **error)
{
  const guint64   n_out_before = self->n_out;
  ZabDenormalMode mode;
  gsize           rest;

  g_return_val_if_fail (!self->finished && !self->failed, -1);
  self->finished = TRUE;
  mode = zab_denormals_flush ();
  while ((rest = zab_resampler_get_max_output (self, 0)) > 0)
    {
      gsize given = self->klass->process (self->converter, NULL, CHUNK_FRAMES, out, rest);

      self->n_out += given;
      out += given * self->channels;
    }
  zab_denormals_restore (mode);
  return (gssize)(self->n_out - n_out_before);
}
