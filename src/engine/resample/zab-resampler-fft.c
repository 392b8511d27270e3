/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "engine/resample/zab-resampler-cache.h"
#include "engine/resample/zab-resampler-frames.h"
#include "engine/resample/zab-resampler-polyphase.h"
#include "engine/resample/zab-resampler-private.h"

/* Overlap-save with FFTs of two sizes: see docs/resampler.md. Two blocks of a channel go through
 * them at once, as real and imaginary parts: the gain between is real, so they stay apart. Blocks
 * begin at fixed places of the input, so how it is cut into calls changes no bit. Where the ratio's
 * terms are too large or have no fast FFTs, the blocks go to a rate between, and the polyphase
 * stage makes the rest. */
typedef struct
{
  const ZabResamplerPlan *acquired;
  const ZabResamplerPlan *plan; /* this, or at the end its tail */
  guint                   channels;
  float                  *window[2]; /* two blocks of each channel */
  gsize                   n_filled;
  double                 *scratch[2]; /* the FFTs' */
  double                 *out[2];     /* two blocks of each channel; or, from the kernel alone: */
  float                  *floats[2];
  gsize                   stride; /* between samples of a block there: 2, or 1 from the kernel */

  ZabPolyphase *polyphase; /* or NULL */
  double       *between[2];
  gsize         n_between; /* samples that are there */
  gsize         lead;      /* of them, those before position 0 */
} FftConverter;

enum
{
  MIDDLE_MAX_STEP = 128,
  ALIGNMENT = 64 /* whatever FFTW or the kernel may use */
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

/* The rate between is a simple ratio of the input's, and @least to 1 times twice the lower rate, so
 * that the polyphase filter has room to be short. On the way up the first stage is the same for all
 * rates. */
static void
open_two_stages (FftConverter *self, guint64 in_rate, guint64 out_rate, double least)
{
  const gboolean up = out_rate > in_rate;
  const double   highest = 2 * MIN (1.0, (double)out_rate / (double)in_rate);

  for (guint64 q = 1; q <= MIDDLE_MAX_STEP && self->acquired == NULL; q++)
    {
      guint64 p = (guint64)((double)q * highest);
      guint64 in_step, out_step, common;

      if (p == 0 || (double)p < least * highest * (double)q || gcd (p, q) != 1)
        continue;
      self->acquired = zab_resampler_cache_acquire (
          &(ZabResamplerRatio){ q, p, up ? 1 : in_rate, up ? 1 : out_rate });
      if (self->acquired == NULL)
        continue;
      in_step = in_rate * p;
      out_step = out_rate * q;
      common = gcd (in_step, out_step);
      self->polyphase
          = zab_polyphase_new (self->acquired->polyphase, in_step / common, out_step / common);
    }
}

static gsize
block_size (const FftConverter *self)
{
  return self->plan->sizes.out_size + ZAB_KERNEL_PADDING;
}

/* FFTW has one complex array before and one between its two transforms. */
static void
allocate (FftConverter *self)
{
  const ZabResamplerPlan  *plan = self->plan;
  const ZabResamplerSizes *sizes = &plan->sizes;
  const gsize              larger = MAX (sizes->in_size, sizes->out_size);

  self->stride = plan->kernel != NULL ? 1 : 2;
  if (plan->kernel != NULL)
    self->scratch[0]
        = g_aligned_alloc (zab_kernel_get_scratch_size (plan->kernel), sizeof (double), ALIGNMENT);
  for (int i = 0; i < 2 && plan->kernel == NULL; i++)
    self->scratch[i] = g_aligned_alloc (2 * larger, sizeof (double), ALIGNMENT);
  for (guint c = 0; c < self->channels; c++)
    {
      self->window[c] = g_new0 (float, window_size (sizes) + ZAB_KERNEL_PADDING);
      if (plan->kernel != NULL && plan->polyphase == NULL)
        self->floats[c] = g_aligned_alloc (2 * block_size (self), sizeof (float), ALIGNMENT);
      else
        self->out[c] = g_aligned_alloc (2 * block_size (self), sizeof (double), ALIGNMENT);
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
  self->acquired
      = zab_resampler_cache_acquire (&(ZabResamplerRatio){ in_rate, out_rate, in_rate, out_rate });
  if (self->acquired == NULL)
    open_two_stages (self, in_rate, out_rate, 0.95);
  if (self->acquired == NULL)
    open_two_stages (self, in_rate, out_rate, 0.8);
  g_assert (self->acquired != NULL);
  self->plan = self->acquired;
  allocate (self);
  if (self->polyphase != NULL)
    allocate_between (self);
  return self;
}

static void
fft_converter_free (gpointer converter)
{
  FftConverter *self = converter;

  zab_resampler_cache_release (self->acquired);
  g_clear_pointer (&self->polyphase, zab_polyphase_free);
  for (guint c = 0; c < 2; c++)
    {
      g_free (self->window[c]);
      g_aligned_free (self->scratch[c]);
      g_aligned_free (self->out[c]);
      g_aligned_free (self->floats[c]);
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
filter_bins (const ZabResamplerPlan *plan, const double *in, double *out)
{
  const gsize n = plan->sizes.n_bins, n_back = n - 1;
  const gsize out_size = plan->sizes.out_size;

  scale_bins (in, plan->gain, n, out);
  memset (out + 2 * n, 0, 2 * (out_size - n - n_back) * sizeof *out);
  scale_bins (in + 2 * (plan->sizes.in_size - n_back), plan->gain_back, n_back,
              out + 2 * (out_size - n_back));
}

static void
run_ffts (FftConverter *self, const float *const in[2], double *out)
{
  const ZabResamplerPlan *plan = self->plan;
  double                 *samples = self->scratch[0], *bins = self->scratch[1];

  zab_frames_pack (in[0], in[1], plan->sizes.in_size, samples);
  fftw_execute_dft (plan->forward, (fftw_complex *)samples, (fftw_complex *)bins);
  filter_bins (plan, bins, samples);
  fftw_execute_dft (plan->inverse, (fftw_complex *)samples, (fftw_complex *)out);
}

/* Where block 0 or 1 of a channel begins in out. */
static double *
out_block (const FftConverter *self, guint channel, guint block)
{
  return self->out[channel] + block * (self->stride == 2 ? 1 : block_size (self));
}

static void
silence_block (FftConverter *self, guint channel, guint block)
{
  const gsize n = self->plan->sizes.out_size;

  if (self->floats[channel] != NULL)
    memset (self->floats[channel] + block * block_size (self), 0, n * sizeof (float));
  else
    for (gsize i = 0; i < n; i++)
      out_block (self, channel, block)[i * self->stride] = 0;
}

static void
run_kernel (FftConverter *self, guint channel, const float *const in[2])
{
  const ZabKernel *kernel = self->plan->kernel;
  float *const     floats[2]
      = { self->floats[channel],
          self->floats[channel] ? self->floats[channel] + block_size (self) : NULL };

  if (self->floats[channel] != NULL)
    zab_kernel_run_to_floats (kernel, in, floats, self->scratch[0]);
  else
    zab_kernel_run (
        kernel, in,
        (double *const[2]){ out_block (self, channel, 0), out_block (self, channel, 1) },
        self->scratch[0]);
}

/* Both blocks of one channel: from window to out. What comes of silence is silence, to the last
 * bit, whatever is in the other block. */
static void
convert_channel (FftConverter *self, guint channel)
{
  const ZabResamplerSizes *sizes = &self->plan->sizes;
  const float *const       in[2] = { self->window[channel], self->window[channel] + hop (sizes) };
  const gboolean           silent[2] = { zab_frames_are_silent (in[0], sizes->in_size),
                                         zab_frames_are_silent (in[1], sizes->in_size) };

  if (silent[0] && silent[1])
    ;
  else if (self->plan->kernel != NULL)
    run_kernel (self, channel, in);
  else
    run_ffts (self, in, self->out[channel]);
  for (guint block = 0; block < 2; block++)
    if (silent[block])
      silence_block (self, channel, block);
}

/* Converts the full window and keeps the part of it that the next one begins with. */
static void
run_blocks (FftConverter *self)
{
  const ZabResamplerSizes *sizes = &self->plan->sizes;

  for (guint c = 0; c < self->channels; c++)
    {
      convert_channel (self, c);
      memmove (self->window[c], self->window[c] + 2 * hop (sizes),
               2 * sizes->in_skip * sizeof (float));
    }
  self->n_filled = 2 * sizes->in_skip;
}

/* What the samples between give, at most @max_out frames. Those that later frames need stay. */
static gsize
run_polyphase (FftConverter *self, float *out, gsize max_out)
{
  const gsize reach = zab_polyphase_get_reach (self->polyphase);
  gsize       n_ready, n_frames, gone;

  if (self->n_between < self->lead + reach)
    return 0;
  n_ready = zab_polyphase_count (self->polyphase, self->n_between - self->lead - reach);
  n_frames = MIN (n_ready, max_out);
  zab_polyphase_run (self->polyphase, self->between, self->lead, self->channels, n_frames, out);
  gone = MIN (zab_polyphase_get_position (self->polyphase), self->n_between - self->lead);
  if (n_frames < n_ready) /* this was the end */
    gone = self->n_between - self->lead;
  for (guint c = 0; c < self->channels; c++)
    memmove (self->between[c], self->between[c] + gone, (self->n_between - gone) * sizeof (double));
  self->n_between -= gone;
  zab_polyphase_move (self->polyphase, gone);
  return n_frames;
}

static const double *
useful_part (const FftConverter *self, guint channel, guint block)
{
  return out_block (self, channel, block) + self->plan->sizes.out_skip * self->stride;
}

static void
give_between (FftConverter *self)
{
  const gsize n = out_hop (&self->plan->sizes);

  for (guint c = 0; c < self->channels; c++)
    for (guint block = 0; block < 2; block++)
      {
        const double *from = useful_part (self, c, block);
        double       *to = self->between[c] + self->n_between + block * n;

        if (self->stride == 1)
          memcpy (to, from, n * sizeof *to);
        else
          for (gsize i = 0; i < n; i++)
            to[i] = from[2 * i];
      }
  self->n_between += 2 * n;
}

static void
give_block (const FftConverter *self, guint block, float *out, gsize n_frames)
{
  const gsize skip = block * block_size (self) + self->plan->sizes.out_skip;
  const guint last = self->channels - 1;

  if (self->floats[0] != NULL)
    zab_frames_interleave (
        (const float *const[2]){ self->floats[0] + skip, self->floats[last] + skip }, n_frames,
        self->channels, out);
  else
    zab_frames_join (
        (const double *const[2]){ useful_part (self, 0, block), useful_part (self, last, block) },
        self->stride, n_frames, self->channels, out);
}

static gsize
give_blocks (FftConverter *self, float *out, gsize max_out)
{
  const gsize size = out_hop (&self->plan->sizes);
  gsize       given = 0;

  if (self->polyphase != NULL)
    {
      give_between (self);
      return run_polyphase (self, out, max_out);
    }
  for (guint block = 0; block < 2; block++)
    {
      gsize n = MIN (size, max_out - given);

      give_block (self, block, out + given * self->channels, n);
      given += n;
    }
  return given;
}

/* At the end: where half the size is enough for what is left. How much that is does not depend on
 * how the input was cut. */
static void
take_tail (FftConverter *self)
{
  const ZabResamplerPlan *tail = self->plan->tail;

  if (tail != NULL && self->n_filled <= 2 * hop (&tail->sizes) + tail->sizes.in_skip)
    self->plan = tail;
}

static gsize
fft_converter_process (gpointer converter, const float *in, gsize n_frames, float *out,
                       gsize max_out)
{
  FftConverter *self = converter;
  gsize         size, given = 0;

  if (in == NULL)
    take_tail (self);
  size = window_size (&self->plan->sizes);
  while (n_frames > 0)
    {
      gsize n = MIN (n_frames, size - self->n_filled);

      zab_frames_split (in, n, self->channels, self->window, self->n_filled);
      in = in != NULL ? in + n * self->channels : NULL;
      self->n_filled += n;
      n_frames -= n;
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
    zab_frames_split (loop + at % n_frames * self->channels, 1, self->channels, self->window, i);
}

const ZabResamplerClass zab_resampler_fft_class = {
  .process = fft_converter_process,
  .free = fft_converter_free,
};
