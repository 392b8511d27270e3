/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-resampler-plan.h"

#include <math.h>

#include "engine/zab-resampler-kaiser.h"

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
};

typedef struct
{
  ZabResamplerPlan plan;
  guint64          key[4];
  guint            n_users;
} CachedPlan;

/* FFTW keeps its planner's state, and we our plans, for the whole process: so here are the
 * program's only mutable globals, under one lock. */
G_LOCK_DEFINE_STATIC (planner);
static GQueue cache = G_QUEUE_INIT; /* of CachedPlan, the last used first */

enum
{
  MAX_CACHED = 12
};

void
zab_fftw_lock (void)
{
  G_LOCK (planner);
}

void
zab_fftw_unlock (void)
{
  G_UNLOCK (planner);
}

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

/* Half the filter's length, in input samples. */
static ZabKaiser
design_filter (guint64 in_rate, guint64 out_rate)
{
  double nyquist = 0.5 * MIN (1.0, (double)out_rate / (double)in_rate);

  return zab_kaiser_design (PASS * nyquist, STOP * nyquist, ATTENUATION);
}

/* The cheapest block for each frame: of in_step x k and out_step x k samples. */
static gboolean
find_sizes (guint64 in_step, guint64 out_step, const ZabKaiser *filter, ZabResamplerSizes *sizes)
{
  const guint64 low_step = MIN (in_step, out_step);
  const guint64 skip = (guint64)ceil (filter->half_width / (double)in_step); /* in steps */
  const guint64 from = MAX (MAX (MIN_LOW_SIZE / low_step, 8 * skip), 1);
  const guint64 to
      = MIN (MAX (MAX_LOW_SIZE / low_step, 16 * skip), MAX_SIZE / MAX (in_step, out_step));
  double best = (double)INFINITY;

  for (guint64 k = from; k <= to; k++)
    {
      double cost = (fft_cost (k * in_step) + fft_cost (k * out_step)) / (double)(k - 2 * skip);

      if (cost < best)
        {
          best = cost;
          *sizes = (ZabResamplerSizes){ .in_size = k * in_step,
                                        .out_size = k * out_step,
                                        .in_skip = skip * in_step,
                                        .out_skip = skip * out_step };
        }
    }
  return isfinite (best);
}

/* The gain of all bins below the filter's stop edge. */
static void
make_gain (ZabResamplerPlan *plan, const ZabKaiser *filter, guint64 in_rate, guint64 out_rate)
{
  double  nyquist = 0.5 * MIN (1.0, (double)out_rate / (double)in_rate);
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

static void
make_ffts (ZabResamplerPlan *plan, guint flags)
{
  const gsize   size = MAX (plan->sizes.in_size, plan->sizes.out_size);
  fftw_complex *a = fftw_alloc_complex (size), *b = fftw_alloc_complex (size);

  plan->forward = fftw_plan_dft_1d ((int)plan->sizes.in_size, a, b, FFTW_FORWARD, flags);
  plan->inverse = fftw_plan_dft_1d ((int)plan->sizes.out_size, a, b, FFTW_BACKWARD, flags);
  fftw_free (a);
  fftw_free (b);
}

static void
cached_plan_free (CachedPlan *self)
{
  g_clear_pointer (&self->plan.forward, fftw_destroy_plan);
  g_clear_pointer (&self->plan.inverse, fftw_destroy_plan);
  fftw_free (self->plan.gain);
  fftw_free (self->plan.gain_back);
  g_free (self);
}

static CachedPlan *
cached_plan_new (const guint64 key[4])
{
  ZabKaiser         filter = design_filter (key[2], key[3]);
  ZabResamplerSizes sizes = { 0 };
  CachedPlan       *self;

  if (!find_sizes (key[0], key[1], &filter, &sizes))
    return NULL;
  self = g_new0 (CachedPlan, 1);
  for (int i = 0; i < 4; i++)
    self->key[i] = key[i];
  self->plan.sizes = sizes;
  make_gain (&self->plan, &filter, key[2], key[3]);
  make_ffts (&self->plan, FFTW_ESTIMATE);
  return self;
}

static int
compare_key (gconstpointer cached, gconstpointer key)
{
  const CachedPlan *self = cached;
  const guint64    *wanted = key;

  for (int i = 0; i < 4; i++)
    if (self->key[i] != wanted[i])
      return 1;
  return 0;
}

/* Called with the lock held. */
static void
drop_unused (void)
{
  for (GList *l = cache.tail; l != NULL && cache.length > MAX_CACHED;)
    {
      GList      *next = l->prev;
      CachedPlan *cached = l->data;

      if (cached->n_users == 0)
        {
          g_queue_delete_link (&cache, l);
          cached_plan_free (cached);
        }
      l = next;
    }
}

/* The cached one, or a new one, first in the queue. Called with the lock held. */
static CachedPlan *
get_plan (const guint64 key[4])
{
  GList      *link = g_queue_find_custom (&cache, key, compare_key);
  CachedPlan *cached;

  if (link != NULL)
    {
      g_queue_unlink (&cache, link);
      g_queue_push_head_link (&cache, link);
      return link->data;
    }
  cached = cached_plan_new (key);
  if (cached != NULL)
    g_queue_push_head (&cache, cached);
  return cached;
}

const ZabResamplerPlan *
zab_resampler_plan_acquire (guint64 in_step, guint64 out_step, guint64 in_rate, guint64 out_rate)
{
  const guint64 key[4] = { in_step, out_step, in_rate, out_rate };
  CachedPlan   *cached;

  zab_fftw_lock ();
  cached = get_plan (key);
  if (cached != NULL)
    {
      cached->n_users++;
      drop_unused ();
    }
  zab_fftw_unlock ();
  return cached != NULL ? &cached->plan : NULL;
}

void
zab_resampler_plan_release (const ZabResamplerPlan *plan)
{
  CachedPlan *cached = (CachedPlan *)plan;

  zab_fftw_lock ();
  cached->n_users--;
  drop_unused ();
  zab_fftw_unlock ();
}
