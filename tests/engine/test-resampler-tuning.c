/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fftw3.h>
#include <glib/gstdio.h>

#include "engine/resample/zab-resampler-cache.h"
#include "engine/resample/zab-resampler-tuning.h"

/* The cheapest there is to measure. */
static const ZabResamplerRatio ratio = { 2, 1, 2, 1 };

typedef struct
{
  char *directory;
  char *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  f->directory = g_dir_make_tmp ("zabumba-XXXXXX", &error);
  g_assert_no_error (error);
  f->path = zab_resampler_get_wisdom_path (f->directory);
}

static void
forget (void)
{
  zab_resampler_cache_clear ();
  zab_fftw_lock ();
  fftw_forget_wisdom ();
  zab_fftw_unlock ();
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  forget ();
  g_unlink (f->path);
  g_assert_cmpint (g_rmdir (f->directory), ==, 0);
  g_free (f->path);
  g_free (f->directory);
}

static gboolean
is_measured (void)
{
  const ZabResamplerPlan *plan = zab_resampler_cache_acquire (&ratio);
  gboolean                measured = plan->measured;

  zab_resampler_cache_release (plan);
  return measured;
}

/* However long it takes: a test knows no clock. */
static void
start (Fixture *f)
{
  zab_resampler_start_tuning (f->directory);
  zab_fftw_lock ();
  fftw_set_timelimit (FFTW_NO_TIMELIMIT);
  zab_fftw_unlock ();
}

static void
measure (Fixture *f)
{
  start (f);
  g_assert_false (is_measured ());
  zab_resampler_finish_tuning ();
  g_assert_true (is_measured ());
  zab_resampler_stop_tuning ();
}

static void
test_off (Fixture *f, gconstpointer unused)
{
  g_assert_false (is_measured ());
  zab_resampler_stop_tuning ();
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

/* What one start has measured, the next one knows. */
static void
test_kept (Fixture *f, gconstpointer unused)
{
  measure (f);
  g_assert_true (g_file_test (f->path, G_FILE_TEST_IS_REGULAR));
  forget ();
  start (f);
  g_assert_true (is_measured ());
  zab_resampler_stop_tuning ();
}

static void
test_damaged (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *good = NULL;
  gsize            length;

  measure (f);
  g_assert_true (g_file_get_contents (f->path, &good, &length, &error));
  for (gsize cut = 0; cut < length; cut += length / 7 + 1)
    {
      g_autofree char *bad = g_strndup (good, length);

      bad[cut] ^= 1;
      g_assert_true (g_file_set_contents (f->path, bad, (gssize)length, &error));
      forget ();
      start (f);
      zab_resampler_stop_tuning ();
      g_assert_false (is_measured ());
      g_assert_true (g_file_set_contents (f->path, good, (gssize)cut, &error));
      forget ();
      start (f);
      zab_resampler_stop_tuning ();
      g_assert_false (is_measured ());
    }
}

/* A plan that is in use stays as it is. */
static void
test_in_use (Fixture *f, gconstpointer unused)
{
  const ZabResamplerPlan *plan = zab_resampler_cache_acquire (&ratio);
  const fftw_plan         forward = plan->forward;

  start (f);
  g_assert_false (plan->measured);
  g_assert_true (plan->forward == forward);
  zab_resampler_cache_release (plan);
  zab_resampler_finish_tuning ();
  g_assert_true (is_measured ());
  zab_resampler_stop_tuning ();
}

/* More ratios than the cache holds. */
static void
test_cache_is_bounded (Fixture *f, gconstpointer unused)
{
  const ZabResamplerPlan *kept = zab_resampler_cache_acquire (&ratio);

  for (guint64 i = 2; i < 40; i++)
    {
      const ZabResamplerRatio other = { i, i + 1, i, i + 1 };
      const ZabResamplerPlan *plan = zab_resampler_cache_acquire (&other);

      if (plan != NULL)
        zab_resampler_cache_release (plan);
    }
  g_assert_true (zab_resampler_cache_acquire (&ratio) == kept);
  zab_resampler_cache_release (kept);
  zab_resampler_cache_release (kept);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zab_resampler_cache_limit_lanes (0); /* what is tuned is FFTW */
  g_test_add ("/engine/resampler/tuning/off", Fixture, NULL, set_up, test_off, tear_down);
  g_test_add ("/engine/resampler/tuning/kept", Fixture, NULL, set_up, test_kept, tear_down);
  g_test_add ("/engine/resampler/tuning/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/engine/resampler/tuning/in-use", Fixture, NULL, set_up, test_in_use, tear_down);
  g_test_add ("/engine/resampler/tuning/cache-is-bounded", Fixture, NULL, set_up,
              test_cache_is_bounded, tear_down);
  return g_test_run ();
}
