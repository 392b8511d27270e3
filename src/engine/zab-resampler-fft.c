/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "engine/zab-resampler-frames.h"
#include "engine/zab-resampler-plan.h"
#include "engine/zab-resampler-polyphase.h"
#include "engine/zab-resampler-private.h"

/* Overlap-save with FFTs of two sizes: see docs/resampler.md. Blocks begin at fixed places of the
 * input, so how it is cut into calls changes no bit. Where the ratio's terms are too large or have
 * no fast FFTs, the blocks go to a rate between, and the polyphase stage makes the rest. */
typedef struct
{
  const ZabResamplerPlan *plan;
  guint                   channels;
  double                 *in[2]; /* sizes.in_size each; n_filled of them are there */
  gsize                   n_filled;
  fftw_complex           *bins;
  double                 *out[2]; /* sizes.out_size each */

  ZabPolyphase *polyphase; /* or NULL */
  double       *between[2];
  gsize         n_between; /* samples that are there */
  gsize         lead;      /* of them, those before position 0 */
} FftConverter;

enum
{
  MIDDLE_MAX_STEP = 128,
  POLYPHASE_FRAMES = 1024
};

static gsize
hop (const ZabResamplerSizes *sizes)
{
  return sizes->in_size - 2 * sizes->in_skip;
}

static gsize
out_hop (const ZabResamplerSizes *sizes)
{
  return sizes->out_size - 2 * sizes->out_skip;
}

static guint64
gcd (guint64 a, guint64 b)
{
  while (b != 0)
    {
      guint64 rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

/* The rate between is 1.6 to 2 times the lower rate, so the polyphase filter has room to be short,
 * and a simple ratio of the input's. */
static void
open_two_stages (FftConverter *self, guint64 in_rate, guint64 out_rate)
{
  const double highest = 2 * MIN (1.0, (double)out_rate / (double)in_rate);

  for (guint64 q = 1; q <= MIDDLE_MAX_STEP && self->plan == NULL; q++)
    {
      guint64 p = (guint64)((double)q * highest);
      guint64 in_step, out_step, common;

      if (p == 0 || (double)p < 0.8 * highest * (double)q || gcd (p, q) != 1)
        continue;
      self->plan = zab_resampler_plan_acquire (q, p, in_rate, out_rate);
      if (self->plan == NULL)
        continue;
      in_step = in_rate * p;
      out_step = out_rate * q;
      common = gcd (in_step, out_step);
      self->polyphase = zab_polyphase_new (in_step / common, out_step / common,
                                           0.25 * highest * (double)q / (double)p);
    }
  g_assert (self->plan != NULL);
}

static void
allocate (FftConverter *self)
{
  const ZabResamplerSizes *sizes = &self->plan->sizes;

  self->bins = fftw_alloc_complex (MAX (sizes->in_size, sizes->out_size) / 2 + 1);
  for (guint c = 0; c < self->channels; c++)
    {
      self->in[c] = fftw_alloc_real (sizes->in_size);
      self->out[c] = fftw_alloc_real (sizes->out_size);
      memset (self->in[c], 0, sizes->in_size * sizeof (double));
    }
  self->n_filled = sizes->in_skip;
}

/* The samples before position 0 of the stage between are not silence, but the low-pass's ringing:
 * the first block begins earlier. */
static void
allocate_between (FftConverter *self)
{
  const ZabResamplerSizes *sizes = &self->plan->sizes;
  const gsize              reach = zab_polyphase_get_reach (self->polyphase);
  const gsize              common = gcd (sizes->in_size, sizes->out_size);
  const gsize              steps = (reach * common + sizes->out_size - 1) / sizes->out_size;

  self->lead = steps * (sizes->out_size / common);
  self->n_filled += steps * (sizes->in_size / common);
  for (guint c = 0; c < self->channels; c++)
    self->between[c] = g_new (double, self->lead + reach + 2 + out_hop (sizes));
}

gpointer
zab_resampler_fft_new (guint64 in_rate, guint64 out_rate, guint channels)
{
  FftConverter *self = g_new0 (FftConverter, 1);
  guint64       common = gcd (in_rate, out_rate);

  in_rate /= common;
  out_rate /= common;
  self->channels = channels;
  self->plan = zab_resampler_plan_acquire (in_rate, out_rate, in_rate, out_rate);
  if (self->plan == NULL)
    open_two_stages (self, in_rate, out_rate);
  allocate (self);
  if (self->polyphase != NULL)
    allocate_between (self);
  return self;
}

static void
fft_converter_free (gpointer converter)
{
  FftConverter *self = converter;

  zab_resampler_plan_release (self->plan);
  g_clear_pointer (&self->polyphase, zab_polyphase_free);
  fftw_free (self->bins);
  for (guint c = 0; c < self->channels; c++)
    {
      fftw_free (self->in[c]);
      fftw_free (self->out[c]);
      g_free (self->between[c]);
    }
  g_free (self);
}

static gboolean
is_silent (const double *samples, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (samples[i] != 0) /* NaN is refused before */
      return FALSE;
  return TRUE;
}

/* One channel's block: from in to out. */
static void
convert_block (FftConverter *self, guint channel)
{
  const ZabResamplerPlan *plan = self->plan;
  const double           *gain = plan->gain;
  double                 *bins = (double *)self->bins;
  const gsize             n_bins = plan->sizes.n_bins;

  if (is_silent (self->in[channel], plan->sizes.in_size))
    {
      memset (self->out[channel], 0, plan->sizes.out_size * sizeof (double));
      return;
    }
  fftw_execute_dft_r2c (plan->forward, self->in[channel], self->bins);
  for (gsize k = 0; k < n_bins; k++)
    {
      bins[2 * k] *= gain[k];
      bins[2 * k + 1] *= gain[k];
    }
  memset (self->bins + n_bins, 0, (plan->sizes.out_size / 2 + 1 - n_bins) * sizeof *self->bins);
  fftw_execute_dft_c2r (plan->inverse, self->bins, self->out[channel]);
}

/* Converts the full block and keeps the part of it that the next one begins with. */
static void
run_block (FftConverter *self)
{
  const ZabResamplerSizes *sizes = &self->plan->sizes;

  for (guint c = 0; c < self->channels; c++)
    {
      convert_block (self, c);
      memmove (self->in[c], self->in[c] + hop (sizes), 2 * sizes->in_skip * sizeof (double));
    }
  self->n_filled = 2 * sizes->in_skip;
}

/* What the samples between give, at most @max_out frames. Those that later frames need stay. */
static gsize
run_polyphase (FftConverter *self, float *out, gsize max_out)
{
  const gsize reach = zab_polyphase_get_reach (self->polyphase);
  gsize       n_frames, gone, given = 0;
  double      parts[2][POLYPHASE_FRAMES];

  if (self->n_between < self->lead + reach)
    return 0;
  n_frames = zab_polyphase_count (self->polyphase, self->n_between - self->lead - reach);
  n_frames = MIN (n_frames, max_out);
  while (given < n_frames)
    {
      double *to[2] = { parts[0], parts[1] };
      gsize   n = MIN (n_frames - given, POLYPHASE_FRAMES);

      zab_polyphase_run (self->polyphase, self->between, self->lead, self->channels, n, to);
      zab_frames_join (to, 0, n, self->channels, out + given * self->channels);
      given += n;
    }
  gone = zab_polyphase_get_position (self->polyphase);
  gone = MIN (gone, self->n_between - self->lead);
  for (guint c = 0; c < self->channels; c++)
    memmove (self->between[c], self->between[c] + gone, (self->n_between - gone) * sizeof (double));
  self->n_between -= gone;
  zab_polyphase_move (self->polyphase, gone);
  return given;
}

static gsize
give_block (FftConverter *self, float *out, gsize max_out)
{
  const ZabResamplerSizes *sizes = &self->plan->sizes;
  gsize                    n = MIN (out_hop (sizes), max_out);

  if (self->polyphase == NULL)
    {
      zab_frames_join (self->out, sizes->out_skip, n, self->channels, out);
      return n;
    }
  for (guint c = 0; c < self->channels; c++)
    memcpy (self->between[c] + self->n_between, self->out[c] + sizes->out_skip,
            out_hop (sizes) * sizeof (double));
  self->n_between += out_hop (sizes);
  return run_polyphase (self, out, max_out);
}

static gsize
fft_converter_process (gpointer converter, const float *in, gsize n_frames, float *out,
                       gsize max_out)
{
  FftConverter *self = converter;
  const gsize   in_size = self->plan->sizes.in_size;
  gsize         given = 0;

  while (n_frames > 0)
    {
      gsize n = MIN (n_frames, in_size - self->n_filled);

      zab_frames_split (in, n, self->channels, self->in, self->n_filled);
      self->n_filled += n;
      n_frames -= n;
      if (in != NULL)
        in += n * self->channels;
      if (self->n_filled < in_size)
        break;
      run_block (self);
      given += give_block (self, out + given * self->channels, max_out - given);
    }
  return given;
}

void
zab_resampler_fft_wind_up (gpointer converter, const float *loop, gsize n_frames)
{
  FftConverter *self = converter;
  gsize         at = n_frames - self->n_filled % n_frames;

  for (gsize i = 0; i < self->n_filled; i++, at++)
    {
      at %= n_frames;
      zab_frames_split (loop + at * self->channels, 1, self->channels, self->in, i);
    }
}

const ZabResamplerClass zab_resampler_fft_class = {
  .process = fft_converter_process,
  .free = fft_converter_free,
};
