/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resample/zab-resampler-plan.h"

#include <math.h>

#include "engine/resample/zab-resampler-kaiser.h"

/* The filter, as fractions of the lower rate's Nyquist frequency. */
#define PASS        0.97
#define STOP        1.0
#define ATTENUATION 160.0

enum
{
  MIN_LOW_SIZE = 4096, /* of a block at the lower rate */
  MAX_LOW_SIZE = 16384,
  CACHED_SIZE = 16384,
  MAX_SIZE = 1 << 19, /* of a block at the higher one */
  KERNEL_OUTER = 64,
};

/* What an FFT of @n costs, in no unit; infinite where FFTW has no fast one, or where an odd size
 * has no bin at the Nyquist frequency. The weights are measured: the larger primes have slower
 * codelets, and what leaves the second-level cache is slower still. */
static double
fft_cost (guint64 n)
{
  static const struct
  {
    guint  prime;
    double weight;
  } factors[] = { { 2, 1 }, { 3, 1.6 }, { 5, 2.7 }, { 7, 4.5 } };
  guint64 rest = n;
  double  sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (factors); i++)
    for (; rest % factors[i].prime == 0; rest /= factors[i].prime)
      sum += factors[i].weight;
  if (rest != 1 || n % 2 != 0)
    return (double)INFINITY;
  return (double)n * sum * (n > CACHED_SIZE ? 1.3 : 1);
}

static double
kernel_fft_cost (guint64 n)
{
  return isfinite (fft_cost (n)) ? zab_kernel_get_cost (n, KERNEL_OUTER) : (double)INFINITY;
}

/* Half the filter's length, in input samples. */
static ZabKaiser
design_filter (guint64 in_rate, guint64 out_rate)
{
  double nyquist = 0.5 * MIN (1.0, (double)out_rate / (double)in_rate);

  return zab_kaiser_design (PASS * nyquist, STOP * nyquist, ATTENUATION);
}

/* The cheapest block for each frame, of in_step x k and out_step x k samples, for k that are
 * multiples of @unit. */
static gboolean
find_sizes (const ZabResamplerRatio *ratio, const ZabKaiser *filter, guint64 unit, guint64 max_size,
            double (*cost) (guint64 n), ZabResamplerSizes *sizes)
{
  const guint64 low_step = MIN (ratio->in_step, ratio->out_step);
  const guint64 high_step = MAX (ratio->in_step, ratio->out_step);
  const guint64 skip = (guint64)ceil (filter->half_width / (double)ratio->in_step); /* in steps */
  const guint64 from = MAX (MAX (MIN_LOW_SIZE / low_step, 8 * skip), 1);
  const guint64 to = MIN (MAX (MAX_LOW_SIZE / low_step, 16 * skip), max_size / high_step);
  double        best = (double)INFINITY;

  for (guint64 k = (from + unit - 1) / unit * unit; k <= to; k += unit)
    {
      const ZabResamplerSizes these = { .in_size = k * ratio->in_step,
                                        .out_size = k * ratio->out_step,
                                        .in_skip = skip * ratio->in_step,
                                        .out_skip = skip * ratio->out_step };
      const double            this_cost
          = (cost (these.in_size) + cost (these.out_size)) / (double)(k - 2 * skip);

      if (this_cost >= best)
        continue;
      best = this_cost;
      *sizes = these;
    }
  return isfinite (best);
}

/* The gain of all bins below the filter's stop edge. */
static void
make_gain (ZabResamplerPlan *plan, const ZabKaiser *filter, double nyquist)
{
  double  step = 1 / (double)plan->sizes.in_size;
  double *gain;
  gsize   n = (gsize)ceil (STOP * nyquist / step - 1e-9);

  gain = fftw_alloc_real (n);
  zab_kaiser_response (filter, step, gain, n);
  plan->gain = gain;
  plan->gain_back = fftw_alloc_real (n);
  for (gsize k = 0; k < n; k++)
    gain[k] *= step;
  for (gsize k = 1; k < n; k++)
    plan->gain_back[n - 1 - k] = gain[k];
  plan->sizes.n_bins = n;
}

gboolean
zab_resampler_plan_make_ffts (const ZabResamplerSizes *sizes, guint flags, fftw_plan *forward,
                              fftw_plan *inverse)
{
  const gsize   size = MAX (sizes->in_size, sizes->out_size);
  fftw_complex *a = fftw_alloc_complex (size), *b = fftw_alloc_complex (size);

  *forward = fftw_plan_dft_1d ((int)sizes->in_size, a, b, FFTW_FORWARD, flags);
  *inverse = fftw_plan_dft_1d ((int)sizes->out_size, a, b, FFTW_BACKWARD, flags);
  fftw_free (a);
  fftw_free (b);
  if (*forward != NULL && *inverse != NULL)
    return TRUE;
  g_clear_pointer (forward, fftw_destroy_plan);
  g_clear_pointer (inverse, fftw_destroy_plan);
  return FALSE;
}

/* The FFTs of plan->sizes by our own kernel. */
static void
make_kernel (ZabResamplerPlan *plan, gsize outer, guint n_lanes, const ZabKaiser *filter,
             double nyquist)
{
  const ZabKernelSizes sizes = { .outer = outer,
                                 .in_inner = plan->sizes.in_size / outer,
                                 .out_inner = plan->sizes.out_size / outer };

  make_gain (plan, filter, nyquist);
  plan->kernel = zab_kernel_new (&sizes, plan->gain, plan->sizes.n_bins, n_lanes);
  plan->measured = TRUE;
}

/* Unless the filter leaves too little of half a block. */
static void
make_tail (ZabResamplerPlan *plan, guint n_lanes, const ZabKaiser *filter, double nyquist)
{
  if (plan->sizes.in_size < 8 * plan->sizes.in_skip)
    return;
  plan->tail = g_new0 (ZabResamplerPlan, 1);
  plan->tail->sizes = plan->sizes;
  plan->tail->sizes.in_size /= 2;
  plan->tail->sizes.out_size /= 2;
  make_kernel (plan->tail, KERNEL_OUTER / 2, n_lanes, filter, nyquist);
}

/* Where all three of the kernel's short FFTs stay in the cache. */
static gboolean
make_kernels (ZabResamplerPlan *plan, const ZabResamplerRatio *ratio, guint n_lanes,
              const ZabKaiser *filter, double nyquist)
{
  if (!find_sizes (ratio, filter, KERNEL_OUTER, KERNEL_OUTER * ZAB_KERNEL_MAX_INNER,
                   kernel_fft_cost, &plan->sizes))
    return FALSE;
  make_kernel (plan, KERNEL_OUTER, n_lanes, filter, nyquist);
  make_tail (plan, n_lanes, filter, nyquist);
  return TRUE;
}

static gboolean
make_ffts (ZabResamplerPlan *plan, const ZabResamplerRatio *ratio, const ZabKaiser *filter,
           double nyquist)
{
  if (!find_sizes (ratio, filter, 1, MAX_SIZE, fft_cost, &plan->sizes))
    return FALSE;
  make_gain (plan, filter, nyquist);
  plan->measured = zab_resampler_plan_make_ffts (&plan->sizes, FFTW_MEASURE | FFTW_WISDOM_ONLY,
                                                 &plan->forward, &plan->inverse);
  if (!plan->measured)
    zab_resampler_plan_make_ffts (&plan->sizes, FFTW_ESTIMATE, &plan->forward, &plan->inverse);
  return TRUE;
}

gboolean
zab_resampler_plan_init (ZabResamplerPlan *plan, const ZabResamplerRatio *ratio, guint n_lanes)
{
  const ZabKaiser filter = design_filter (ratio->in_rate, ratio->out_rate);
  const double    nyquist = 0.5 * MIN (1.0, (double)ratio->out_rate / (double)ratio->in_rate);

  if (!(n_lanes > 0 && make_kernels (plan, ratio, n_lanes, &filter, nyquist))
      && !make_ffts (plan, ratio, &filter, nyquist))
    return FALSE;
  if (ratio->in_step != ratio->in_rate || ratio->out_step != ratio->out_rate)
    plan->polyphase
        = zab_polyphase_table_new (nyquist * (double)ratio->in_step / (double)ratio->out_step);
  return TRUE;
}

void
zab_resampler_plan_clear (ZabResamplerPlan *plan)
{
  if (plan->tail != NULL)
    zab_resampler_plan_clear (plan->tail);
  g_clear_pointer (&plan->tail, g_free);
  g_clear_pointer (&plan->forward, fftw_destroy_plan);
  g_clear_pointer (&plan->inverse, fftw_destroy_plan);
  g_clear_pointer (&plan->kernel, zab_kernel_free);
  g_clear_pointer (&plan->gain, fftw_free);
  g_clear_pointer (&plan->gain_back, fftw_free);
  g_clear_pointer (&plan->polyphase, zab_polyphase_table_free);
}
