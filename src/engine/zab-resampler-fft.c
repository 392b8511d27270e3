/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "engine/zab-resampler-cache.h"
#include "engine/zab-resampler-frames.h"
#include "engine/zab-resampler-polyphase.h"
#include "engine/zab-resampler-private.h"

/* Overlap-save with FFTs of two sizes: see docs/resampler.md. Two blocks of a channel go through
 * them at once, as real and imaginary parts: the gain between is real, so they stay apart. Blocks
 * begin at fixed places of the input, so how it is cut into calls changes no bit. Where the ratio's
 * terms are too large or have no fast FFTs, the blocks go to a rate between, and the polyphase
 * stage makes the rest. */
typedef struct
{
  const ZabResamplerPlan *plan;
  guint                   channels;
  float                  *window; /* two blocks of interleaved frames */
  gsize                   n_filled;
  fftw_complex           *samples; /* what goes into an FFT */
  fftw_complex           *bins;    /* what comes out of the first */
  fftw_complex           *out[2];  /* and out of the second, one for each channel */

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

static gsize
window_size (const ZabResamplerSizes *sizes)
{
  return sizes->in_size + hop (sizes);
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
 * and a simple ratio of the input's. On the way up the first stage is the same for all rates. */
static void
open_two_stages (FftConverter *self, guint64 in_rate, guint64 out_rate)
{
  const gboolean up = out_rate > in_rate;
  const double   highest = 2 * MIN (1.0, (double)out_rate / (double)in_rate);

  for (guint64 q = 1; q <= MIDDLE_MAX_STEP && self->plan == NULL; q++)
    {
      guint64 p = (guint64)((double)q * highest);
      guint64 in_step, out_step, common;

      if (p == 0 || (double)p < 0.8 * highest * (double)q || gcd (p, q) != 1)
        continue;
      self->plan = zab_resampler_cache_acquire (
          &(ZabResamplerRatio){ q, p, up ? 1 : in_rate, up ? 1 : out_rate });
      if (self->plan == NULL)
        continue;
      in_step = in_rate * p;
      out_step = out_rate * q;
      common = gcd (in_step, out_step);
      self->polyphase
          = zab_polyphase_new (self->plan->polyphase, in_step / common, out_step / common);
    }
  g_assert (self->plan != NULL);
}

static void
allocate (FftConverter *self)
{
  const ZabResamplerSizes *sizes = &self->plan->sizes;
  const gsize              size = MAX (sizes->in_size, sizes->out_size);

  self->window = g_new0 (float, window_size (sizes) * self->channels);
  self->samples = fftw_alloc_complex (size);
  self->bins = fftw_alloc_complex (size);
  for (guint c = 0; c < self->channels; c++)
    self->out[c] = fftw_alloc_complex (sizes->out_size);
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
    self->between[c] = g_new (double, self->lead + reach + 2 + 2 * out_hop (sizes));
}

gpointer
zab_resampler_fft_new (guint64 in_rate, guint64 out_rate, guint channels)
{
  FftConverter *self = g_new0 (FftConverter, 1);
  guint64       common = gcd (in_rate, out_rate);

  in_rate /= common;
  out_rate /= common;
  self->channels = channels;
  self->plan
      = zab_resampler_cache_acquire (&(ZabResamplerRatio){ in_rate, out_rate, in_rate, out_rate });
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

  zab_resampler_cache_release (self->plan);
  g_clear_pointer (&self->polyphase, zab_polyphase_free);
  g_free (self->window);
  fftw_free (self->samples);
  fftw_free (self->bins);
  for (guint c = 0; c < self->channels; c++)
    {
      fftw_free (self->out[c]);
      g_free (self->between[c]);
    }
  g_free (self);
}

static inline void
scale_bins (const double *restrict in, const double *restrict gain, gsize n, double *restrict out)
{
  for (gsize k = 0; k < n; k++)
    {
      out[2 * k] = in[2 * k] * gain[k];
      out[2 * k + 1] = in[2 * k + 1] * gain[k];
    }
}

/* The low-pass: bins of positive frequencies are at the front, those of negative ones at the back,
 * and what is between makes the two sizes meet. */
static void
filter_bins (FftConverter *self)
{
  const ZabResamplerPlan *plan = self->plan;
  const gsize             n = plan->sizes.n_bins, n_back = n - 1;
  const gsize             in_size = plan->sizes.in_size, out_size = plan->sizes.out_size;

  scale_bins ((double *)self->bins, plan->gain, n, (double *)self->samples);
  memset (self->samples + n, 0, (out_size - n - n_back) * sizeof *self->samples);
  scale_bins ((double *)(self->bins + in_size - n_back), plan->gain_back, n_back,
              (double *)(self->samples + out_size - n_back));
}

static void
silence_part (FftConverter *self, guint channel, int part)
{
  for (gsize i = 0; i < self->plan->sizes.out_size; i++)
    self->out[channel][i][part] = 0;
}

/* Both blocks of one channel: from window to out. What comes of silence is silence, to the last
 * bit, whatever is in the other block. */
static void
convert_channel (FftConverter *self, guint channel)
{
  const ZabResamplerSizes *sizes = &self->plan->sizes;
  const float             *second = self->window + hop (sizes) * self->channels;
  const gboolean           silent[2] = {
              zab_frames_are_silent (self->window + channel, sizes->in_size, self->channels),
              zab_frames_are_silent (second + channel, sizes->in_size, self->channels),
  };

  if (!silent[0] || !silent[1])
    {
      zab_frames_pack (self->window, self->channels, channel, hop (sizes), sizes->in_size,
                       (double *)self->samples);
      fftw_execute_dft (self->plan->forward, self->samples, self->bins);
      filter_bins (self);
      fftw_execute_dft (self->plan->inverse, self->samples, self->out[channel]);
    }
  for (int part = 0; part < 2; part++)
    if (silent[part])
      silence_part (self, channel, part);
}

/* Converts the full window and keeps the part of it that the next one begins with. */
static void
run_blocks (FftConverter *self)
{
  const ZabResamplerSizes *sizes = &self->plan->sizes;

  for (guint c = 0; c < self->channels; c++)
    convert_channel (self, c);
  memmove (self->window, self->window + 2 * hop (sizes) * self->channels,
           2 * sizes->in_skip * self->channels * sizeof (float));
  self->n_filled = 2 * sizes->in_skip;
}

/* What the samples between give, at most @max_out frames. Those that later frames need stay. */
static gsize
run_polyphase (FftConverter *self, float *out, gsize max_out)
{
  const gsize reach = zab_polyphase_get_reach (self->polyphase);
  gsize       n_ready, n_frames, gone, given = 0;
  double      parts[2][POLYPHASE_FRAMES];

  if (self->n_between < self->lead + reach)
    return 0;
  n_ready = zab_polyphase_count (self->polyphase, self->n_between - self->lead - reach);
  n_frames = MIN (n_ready, max_out);
  while (given < n_frames)
    {
      double *const       to[2] = { parts[0], parts[1] };
      const double *const from[2] = { parts[0], parts[1] };
      gsize               n = MIN (n_frames - given, POLYPHASE_FRAMES);

      zab_polyphase_run (self->polyphase, self->between, self->lead, self->channels, n, to);
      zab_frames_join (from, n, self->channels, out + given * self->channels);
      given += n;
    }
  gone = MIN (zab_polyphase_get_position (self->polyphase), self->n_between - self->lead);
  if (n_frames < n_ready) /* this was the end */
    gone = self->n_between - self->lead;
  for (guint c = 0; c < self->channels; c++)
    memmove (self->between[c], self->between[c] + gone, (self->n_between - gone) * sizeof (double));
  self->n_between -= gone;
  zab_polyphase_move (self->polyphase, gone);
  return given;
}

/* Where part 0 or 1 of a channel's useful samples begins; they are two numbers apart. */
static const double *
useful_part (const FftConverter *self, guint channel, int part)
{
  return (const double *)(self->out[channel] + self->plan->sizes.out_skip) + part;
}

static void
give_between (FftConverter *self)
{
  const gsize n = out_hop (&self->plan->sizes);

  for (guint c = 0; c < self->channels; c++)
    for (int part = 0; part < 2; part++)
      {
        const double *from = useful_part (self, c, part);
        double       *to = self->between[c] + self->n_between + (part == 0 ? 0 : n);

        for (gsize i = 0; i < n; i++)
          to[i] = from[2 * i];
      }
  self->n_between += 2 * n;
}

static gsize
give_blocks (FftConverter *self, float *out, gsize max_out)
{
  gsize given = 0;

  if (self->polyphase != NULL)
    {
      give_between (self);
      return run_polyphase (self, out, max_out);
    }
  for (int part = 0; part < 2; part++)
    {
      const double *const from[2] = {
        useful_part (self, 0, part),
        self->channels == 2 ? useful_part (self, 1, part) : NULL,
      };
      gsize n = MIN (out_hop (&self->plan->sizes), max_out - given);

      zab_frames_unpack (from, n, self->channels, out + given * self->channels);
      given += n;
    }
  return given;
}

static gsize
fft_converter_process (gpointer converter, const float *in, gsize n_frames, float *out,
                       gsize max_out)
{
  FftConverter *self = converter;
  const gsize   size = window_size (&self->plan->sizes);
  gsize         given = 0;

  while (n_frames > 0)
    {
      gsize  n = MIN (n_frames, size - self->n_filled) * self->channels;
      float *to = self->window + self->n_filled * self->channels;

      if (in != NULL)
        memcpy (to, in, n * sizeof *to);
      else
        memset (to, 0, n * sizeof *to);
      in = in != NULL ? in + n : NULL;
      self->n_filled += n / self->channels;
      n_frames -= n / self->channels;
      if (self->n_filled < size)
        break;
      run_blocks (self);
      given += give_blocks (self, out + given * self->channels, max_out - given);
    }
  return given;
}

void
zab_resampler_fft_wind_up (gpointer converter, const float *loop, gsize n_frames)
{
  FftConverter *self = converter;
  gsize         at = n_frames - self->n_filled % n_frames;

  for (gsize i = 0; i < self->n_filled; i++, at++)
    for (guint c = 0; c < self->channels; c++)
      self->window[i * self->channels + c] = loop[at % n_frames * self->channels + c];
}

const ZabResamplerClass zab_resampler_fft_class = {
  .process = fft_converter_process,
  .free = fft_converter_free,
};
