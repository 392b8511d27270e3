/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fftw3.h>
#include <math.h>

#include "engine/resample/zab-resampler-cache.h"
#include "engine/resample/zab-resampler-kernel.h"

/* All radices, sizes that fill no whole vectors, up and down. */
static const ZabKernelSizes cases[] = {
  { 64, 147, 160 }, { 64, 160, 147 }, { 64, 64, 128 }, { 64, 128, 64 }, { 32, 320, 147 },
  { 32, 9, 49 },    { 32, 25, 9 },    { 64, 35, 21 },  { 64, 15, 15 },
};

enum
{
  ALIGNMENT = 64
};

typedef struct
{
  gsize   in_size, out_size, n_bins;
  float  *in[2];
  double *gain;
} Input;

static void
make_input (Input *input, const ZabKernelSizes *sizes)
{
  input->in_size = sizes->outer * sizes->in_inner;
  input->out_size = sizes->outer * sizes->out_inner;
  input->n_bins = MIN (input->in_size, input->out_size) * 49 / 100;
  input->gain = g_new (double, input->n_bins);
  for (gsize k = 0; k < input->n_bins; k++)
    input->gain[k] = g_test_rand_double_range (0.5, 1) / (double)input->in_size;
  for (int block = 0; block < 2; block++)
    {
      input->in[block] = g_new0 (float, input->in_size + ZAB_KERNEL_PADDING);
      for (gsize i = 0; i < input->in_size; i++)
        input->in[block][i] = (float)g_test_rand_double_range (-1, 1);
    }
}

static void
clear_input (Input *input)
{
  g_free (input->gain);
  g_free (input->in[0]);
  g_free (input->in[1]);
}

/* The same by FFTW, one block after the other. */
static double *
make_expected (const Input *input, int block)
{
  const gsize   larger = MAX (input->in_size, input->out_size);
  fftw_complex *bins = fftw_alloc_complex (larger / 2 + 1);
  double       *in = fftw_alloc_real (input->in_size), *out = fftw_alloc_real (input->out_size);
  fftw_plan     forward, inverse;

  zab_fftw_lock ();
  forward = fftw_plan_dft_r2c_1d ((int)input->in_size, in, bins, FFTW_ESTIMATE);
  inverse = fftw_plan_dft_c2r_1d ((int)input->out_size, bins, out, FFTW_ESTIMATE);
  zab_fftw_unlock ();
  for (gsize i = 0; i < input->in_size; i++)
    in[i] = (double)input->in[block][i];
  fftw_execute (forward);
  for (gsize k = 0; k < larger / 2 + 1; k++)
    for (int part = 0; part < 2; part++)
      bins[k][part] = k < input->n_bins ? bins[k][part] * input->gain[k] : 0;
  fftw_execute (inverse);
  zab_fftw_lock ();
  fftw_destroy_plan (forward);
  fftw_destroy_plan (inverse);
  zab_fftw_unlock ();
  fftw_free (bins);
  fftw_free (in);
  return out;
}

static void
check (const ZabKernelSizes *sizes, guint n_lanes)
{
  Input      input;
  ZabKernel *kernel;
  double    *scratch, *out[2];
  float     *floats[2];

  make_input (&input, sizes);
  kernel = zab_kernel_new (sizes, input.gain, input.n_bins, n_lanes);
  scratch = g_aligned_alloc (zab_kernel_get_scratch_size (kernel), sizeof (double), ALIGNMENT);
  for (int block = 0; block < 2; block++)
    {
      out[block] = g_new (double, input.out_size + ZAB_KERNEL_PADDING);
      floats[block] = g_new (float, input.out_size + ZAB_KERNEL_PADDING);
    }
  zab_kernel_run (kernel, (const float *const *)input.in, out, scratch);
  zab_kernel_run_to_floats (kernel, (const float *const *)input.in, floats, scratch);
  for (int block = 0; block < 2; block++)
    {
      double *expected = make_expected (&input, block);

      for (gsize i = 0; i < input.out_size; i++)
        {
          g_assert_cmpfloat (fabs (out[block][i] - expected[i]), <, 4e-15);
          g_assert_cmpfloat (floats[block][i], ==, (float)out[block][i]);
        }
      fftw_free (expected);
      g_free (out[block]);
      g_free (floats[block]);
    }
  g_aligned_free (scratch);
  zab_kernel_free (kernel);
  clear_input (&input);
}

/* On a processor without wide vectors there is nothing to look at. */
static void
test_like_fftw (void)
{
  for (guint n_lanes = 4; n_lanes <= zab_kernel_get_max_lanes (); n_lanes += 4)
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
      check (&cases[i], n_lanes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/resampler/kernel/like-fftw", test_like_fftw);
  return g_test_run ();
}
