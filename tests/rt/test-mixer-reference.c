/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random scripts of timed commands, all features together: the mixer against the reference, sample
 * for sample, and against itself in other block sizes, bit for bit. */
#include <math.h>

#include "lib/zab-test.h"
#include "rt/zab-mixer.h"
#include "rt/zab-reference.h"
#include "rt/zab-script.h"

enum
{
#ifdef ZAB_SANITIZING
  N_SCRIPTS = 1, /* the reference is slow enough as it is */
#else
  N_SCRIPTS = 8,
#endif
  SLICE = 500, /* frames between two signs of life */
};

/* Commands are pushed up to @ahead frames before their block; @most becomes the most voices that
 * were not cut. */
static float *
render (const ZabScript *script, guint block, guint ahead, guint *most)
{
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func (g_free);
  g_autofree ZabMixer *mixer = g_new0 (ZabMixer, 1);
  float               *out = g_new (float, 2 * script->n_frames);
  guint                next = 0;

  zab_mixer_init (mixer, ZAB_SCRIPT_RATE);
  g_assert_true (zab_mixer_set_quality (mixer, ZAB_SINC_HIGH)); /* fills its table */
  for (guint now = 0; now < script->n_frames;)
    {
      const guint n = MIN (block, script->n_frames - now);

      for (; next < script->commands->len
             && g_array_index (script->commands, ZabCommand, next).time < now + n + ahead;
           next++)
        {
          const ZabCommand command = zab_script_get (script, next, copies);

          g_assert_true (zab_mixer_push (mixer, &command));
        }
      zab_mixer_render (mixer, out + 2 * now, n);
      *most = MAX (*most, mixer->n_sounding);
      now += n;
    }
  g_assert_cmpuint (zab_mixer_get_clock (mixer), ==, script->n_frames);
  zab_mixer_drain (mixer);
  return out;
}

static double *
render_reference (const ZabScript *script)
{
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ZabReference) reference = zab_reference_new (ZAB_SCRIPT_RATE);
  double *out = g_new (double, 2 * script->n_frames);

  for (guint i = 0; i < script->commands->len; i++)
    {
      const ZabCommand command = zab_script_get (script, i, copies);

      zab_reference_add (reference, &command);
    }
  for (guint now = 0; now < script->n_frames; now += SLICE)
    {
      zab_reference_render (reference, out + 2 * now, MIN (SLICE, script->n_frames - now));
      zab_test_end_wait (zab_test_begin_wait ("a slice", G_STRLOC)); /* long, but no hang */
    }
  return out;
}

/* Scripts of @n_frames with @features, from seed 1 on: each sample is as expected but for @bound.
 */
static void
compare (ZabScriptFeatures features, guint n_scripts, guint n_frames, double bound)
{
  double energy = 0, worst = 0;
  guint  most = 0;

  for (guint32 seed = 1; seed <= n_scripts; seed++)
    {
      g_autoptr (ZabScript) script = zab_script_new (seed, features, n_frames);
      g_autofree float  *out = render (script, 256, 0, &most);
      g_autofree double *expected = render_reference (script);

      for (guint i = 0; i < 2 * n_frames; i++)
        {
          const double error = fabs ((double)out[i] - expected[i]);

          if (error > bound)
            g_error ("seed %u, frame %u: %.9g instead of %.9g", seed, i / 2, (double)out[i],
                     expected[i]);
          worst = MAX (worst, error);
          energy += expected[i] * expected[i];
        }
    }
  g_test_message ("%g off at most; %u voices at a time", worst, most);
  g_assert_cmpfloat (energy, >, 0.05 * n_scripts * n_frames); /* there was something to hear */
  if ((features & ZAB_SCRIPT_CROWD) != 0)
    g_assert_cmpuint (most, ==, ZAB_MAX_SOUNDING);
}

/* Up to ten voices in floats: each sum is rounded by 2^-24 of it at most. */
static void
test_whole_frames (void)
{
  compare (ZAB_SCRIPT_PLAIN, 6 * N_SCRIPTS, 20000, 5e-7);
}

/* 32 to 256 products more in each of them. */
static void
test_speed (void)
{
  compare (ZAB_SCRIPT_SPEED, N_SCRIPTS, 20000, 1e-6);
}

/* What a filter at 250 Hz rounds, it remembers for 43 frames. */
static void
test_isolator (void)
{
  compare (ZAB_SCRIPT_ISOLATOR, 6 * N_SCRIPTS, 20000, 5e-6);
}

/* A gain is rounded as the peak is that it comes from. */
static void
test_limiter (void)
{
  compare (ZAB_SCRIPT_LIMITER, 6 * N_SCRIPTS, 20000, 1e-6);
}

/* The isolator's. */
static void
test_everything (void)
{
  compare (ZAB_SCRIPT_EVERYTHING, 2 * N_SCRIPTS, 20000, 5e-6);
}

/* Larger sums: of 128 voices. */
static void
test_crowd (void)
{
  compare (ZAB_SCRIPT_CROWD, 3 * N_SCRIPTS, 4000, 2e-6);
}

static void
test_crowd_of_everything (void)
{
  compare (ZAB_SCRIPT_CROWD | ZAB_SCRIPT_EVERYTHING, 2, 5000, 1e-5);
}

static void
test_block_size_changes_nothing (void)
{
  const guint blocks[] = { 1, 7, 64, 100, 1024, 8192 };
  const guint aheads[] = { 0, 1, 500, 5000, 0, 3 };

  for (guint32 seed = 100; seed < 100 + 2 * N_SCRIPTS; seed++)
    {
      const gboolean crowd = seed % 4 == 0;
      const guint    n_frames = crowd ? 6000 : 40000;
      g_autoptr (ZabScript) script
          = zab_script_new (seed, ZAB_SCRIPT_EVERYTHING | (crowd ? ZAB_SCRIPT_CROWD : 0), n_frames);
      guint             most = 0;
      g_autofree float *first = render (script, 256, 0, &most);

      for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
        {
          g_autofree float *out = render (script, blocks[i], aheads[i], &most);

          g_assert_cmpmem (out, 2 * n_frames * sizeof (float), first,
                           2 * n_frames * sizeof (float));
        }
      zab_test_end_wait (zab_test_begin_wait ("a script", G_STRLOC)); /* long, but no hang */
    }
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rt/mixer-reference/whole-frames", test_whole_frames);
  zab_test_add ("/rt/mixer-reference/speed", test_speed);
  zab_test_add ("/rt/mixer-reference/isolator", test_isolator);
  zab_test_add ("/rt/mixer-reference/limiter", test_limiter);
  zab_test_add ("/rt/mixer-reference/everything", test_everything);
  zab_test_add ("/rt/mixer-reference/crowd", test_crowd);
  zab_test_add ("/rt/mixer-reference/crowd-of-everything", test_crowd_of_everything);
  zab_test_add ("/rt/mixer-reference/block-size-changes-nothing", test_block_size_changes_nothing);
  return g_test_run ();
}
