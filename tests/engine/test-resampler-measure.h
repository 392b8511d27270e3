/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a converter of sampling rates does to sound, measured from the outside. Used by the tests
 * and, for all peers, by the bench. */

/* Converts @n_in mono samples and returns the result (transfer full); NULL where it can't. */
typedef float *(*ZabMeasureConvert) (gconstpointer converter, guint in_rate, guint out_rate,
                                     const float *in, gsize n_in, gsize *n_out);

typedef struct
{
  ZabMeasureConvert convert;
  gconstpointer     converter;
  guint             in_rate;
  guint             out_rate;
} ZabMeasure;

/* A full-scale sine of @frequency Hz: what the best fitting sine leaves over is noise. dB; the
 * rounding of input and output to float32 allows about 150. */
double zab_measure_snr (const ZabMeasure *self, double frequency);

/* A full-scale sine of @frequency Hz in: how much of @other Hz comes out, dB. */
double zab_measure_leak (const ZabMeasure *self, double frequency, double other);

/* A periodic signal of all frequencies up to @edge of the lower Nyquist frequency against its exact
 * trigonometric interpolation: ripple, delay and noise together. dB; the rounding of the output
 * allows about 152. */
double zab_measure_broadband (const ZabMeasure *self, double edge);

/* The whole filter, from impulses at every phase of the ratio. */
typedef struct
{
  double  step; /* between the bins, as a fraction of the lower Nyquist frequency */
  gsize   n_bins;
  double *gain_db;
  double *delay;      /* input samples, of the phase; 0 in bin 0 */
  double  image_edge; /* where images of the band below 0.95 begin, the same fraction */
} ZabFilterResponse;

/* NULL where the converter can't. */
ZabFilterResponse *zab_measure_response (const ZabMeasure *self);
void               zab_filter_response_free (ZabFilterResponse *self);

/* The first frequency with less than @db. */
double zab_filter_response_find_edge (const ZabFilterResponse *self, double db);

/* The highest and lowest gain from @from to @to (fractions of the lower Nyquist frequency). */
void zab_filter_response_get_range (const ZabFilterResponse *self, double from, double to,
                                    double *min_db, double *max_db);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabFilterResponse, zab_filter_response_free)

G_END_DECLS
