/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resample/zab-resampler-cache.h"

enum
{
  MAX_CACHED = 12
};

typedef struct
{
  ZabResamplerPlan  plan; /* first: what users hold is this */
  ZabResamplerRatio ratio;
  guint             n_users;
} CachedPlan;

/* FFTW keeps its planner's state, and we our plans, for the whole process: so here are the
 * program's only mutable globals. Measuring takes the planner for a second, and who needs a plan
 * that is there must not wait for it: hence two locks, taken one at a time or in this order. */
static GMutex   planner_lock; /* FFTW, all but fftw_execute* */
static GMutex   cache_lock;   /* what follows */
static GCond    cache_changed;
static GQueue   cache = G_QUEUE_INIT; /* of CachedPlan, the last used first */
static guint    n_in_use;             /* plans' users, altogether */
static gboolean measuring;
static guint    max_lanes = G_MAXUINT; /* with the planner's lock */

void
zab_fftw_lock (void)
{
  g_mutex_lock (&planner_lock);
}

void
zab_fftw_unlock (void)
{
  g_mutex_unlock (&planner_lock);
}

static void
cached_plan_free (CachedPlan *self)
{
  zab_resampler_plan_clear (&self->plan);
  g_free (self);
}

static gboolean
is_ratio (const ZabResamplerRatio *a, const ZabResamplerRatio *b)
{
  return a->in_step == b->in_step && a->out_step == b->out_step && a->in_rate == b->in_rate
         && a->out_rate == b->out_rate;
}

/* With one more user and first in the queue; NULL when it is not there. */
static CachedPlan *
take (const ZabResamplerRatio *ratio)
{
  for (GList *l = cache.head; l != NULL; l = l->next)
    {
      CachedPlan *cached = l->data;

      if (!is_ratio (&cached->ratio, ratio))
        continue;
      g_queue_unlink (&cache, l);
      g_queue_push_head_link (&cache, l);
      cached->n_users++;
      n_in_use++;
      return cached;
    }
  return NULL;
}

static CachedPlan *
take_locked (const ZabResamplerRatio *ratio)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&cache_lock);

  return take (ratio);
}

/* Drops the unused, the last used last, until @max are left. With the planner's lock held. */
static void
trim (guint max)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&cache_lock);

  for (GList *l = cache.tail; l != NULL && cache.length > max;)
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

static CachedPlan *
add (const ZabResamplerRatio *ratio)
{
  CachedPlan *cached = g_new0 (CachedPlan, 1);

  cached->ratio = *ratio;
  if (!zab_resampler_plan_init (&cached->plan, ratio, MIN (max_lanes, zab_kernel_get_max_lanes ())))
    {
      g_free (cached);
      return NULL;
    }
  g_mutex_lock (&cache_lock);
  g_queue_push_head (&cache, cached);
  cached = take (ratio);
  g_mutex_unlock (&cache_lock);
  trim (MAX_CACHED);
  return cached;
}

const ZabResamplerPlan *
zab_resampler_cache_acquire (const ZabResamplerRatio *ratio)
{
  CachedPlan *cached = take_locked (ratio);

  if (cached != NULL)
    return &cached->plan;
  zab_fftw_lock ();
  cached = take_locked (ratio); /* another thread may have been faster */
  if (cached == NULL)
    cached = add (ratio);
  zab_fftw_unlock ();
  return cached != NULL ? &cached->plan : NULL;
}

void
zab_resampler_cache_release (const ZabResamplerPlan *plan)
{
  CachedPlan *cached = (CachedPlan *)plan;

  g_mutex_lock (&cache_lock);
  cached->n_users--;
  n_in_use--;
  g_cond_broadcast (&cache_changed);
  g_mutex_unlock (&cache_lock);
}

void
zab_resampler_cache_clear (void)
{
  zab_fftw_lock ();
  trim (0);
  zab_fftw_unlock ();
}

void
zab_resampler_cache_limit_lanes (guint max)
{
  zab_fftw_lock ();
  trim (0);
  max_lanes = max;
  zab_fftw_unlock ();
}

static CachedPlan *
find_guessed (void)
{
  for (GList *l = cache.head; l != NULL; l = l->next)
    if (!((CachedPlan *)l->data)->plan.measured)
      return l->data;
  return NULL;
}

/* The measured FFTs take the guessed ones' place unless somebody has begun to use these; then they
 * do the next time, when measuring is no more than looking into FFTW's wisdom. */
static void
replace_ffts (const ZabResamplerRatio *ratio, fftw_plan *forward, fftw_plan *inverse)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&cache_lock);
  CachedPlan                     *cached = take (ratio);

  if (cached == NULL)
    return;
  cached->n_users--;
  n_in_use--;
  if (cached->n_users > 0)
    return;
  g_clear_pointer (&cached->plan.forward, fftw_destroy_plan);
  g_clear_pointer (&cached->plan.inverse, fftw_destroy_plan);
  cached->plan.forward = g_steal_pointer (forward);
  cached->plan.inverse = g_steal_pointer (inverse);
  cached->plan.measured = TRUE;
  g_cond_broadcast (&cache_changed);
}

static void
measure (const ZabResamplerRatio *ratio, const ZabResamplerSizes *sizes)
{
  fftw_plan forward, inverse;

  zab_fftw_lock ();
  zab_resampler_plan_make_ffts (sizes, FFTW_MEASURE, &forward, &inverse);
  replace_ffts (ratio, &forward, &inverse);
  g_clear_pointer (&forward, fftw_destroy_plan);
  g_clear_pointer (&inverse, fftw_destroy_plan);
  zab_fftw_unlock ();
}

gboolean
zab_resampler_cache_measure_next (void)
{
  ZabResamplerRatio ratio;
  ZabResamplerSizes sizes;
  CachedPlan       *cached;

  g_mutex_lock (&cache_lock);
  while (measuring && (n_in_use > 0 || find_guessed () == NULL))
    g_cond_wait (&cache_changed, &cache_lock);
  cached = find_guessed ();
  if (!measuring)
    {
      g_mutex_unlock (&cache_lock);
      return FALSE;
    }
  ratio = cached->ratio;
  sizes = cached->plan.sizes;
  g_mutex_unlock (&cache_lock);
  measure (&ratio, &sizes);
  return TRUE;
}

void
zab_resampler_cache_set_measuring (gboolean on)
{
  g_mutex_lock (&cache_lock);
  measuring = on;
  g_cond_broadcast (&cache_changed);
  g_mutex_unlock (&cache_lock);
}

void
zab_resampler_cache_wait_measured (void)
{
  g_mutex_lock (&cache_lock);
  while (measuring && find_guessed () != NULL)
    g_cond_wait (&cache_changed, &cache_lock);
  g_mutex_unlock (&cache_lock);
}
