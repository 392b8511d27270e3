/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-tap-tempo.h"

enum
{
  BEAT = G_USEC_PER_SEC / 2 /* 120 a minute */
};

static void
assert_tempo (double tempo, double expected)
{
  g_assert_cmpfloat_with_epsilon (tempo, expected, 1e-3);
}

static void
test_steady (void)
{
  ZabTapTempo self = { 0 };
  gint64      time = 17;

  assert_tempo (zab_tap_tempo_tap (&self, time), 0);
  for (guint i = 0; i < 3 * ZAB_TAP_TEMPO_N_TAPS; i++)
    assert_tempo (zab_tap_tempo_tap (&self, time += BEAT), 120);
}

/* A hand is not a clock: the mean of eight taps is. */
static void
test_uneven (void)
{
  ZabTapTempo  self = { 0 };
  const gint64 off[] = { 0, 20000, -15000, 9000, -20000, 12000, -6000, 0 };
  double       tempo = 0;

  for (guint i = 0; i < G_N_ELEMENTS (off); i++)
    tempo = zab_tap_tempo_tap (&self, BEAT * (gint64)(i + 1) + off[i]);
  assert_tempo (tempo, 120);
}

/* The newest eight alone count. */
static void
test_follows (void)
{
  ZabTapTempo self = { 0 };
  gint64      time = 0;
  double      tempo = 0;

  for (guint i = 0; i < 12; i++)
    zab_tap_tempo_tap (&self, time += BEAT);
  for (guint i = 0; i < 7; i++)
    tempo = zab_tap_tempo_tap (&self, time += BEAT * 4 / 5);
  assert_tempo (tempo, 150);
}

static void
test_begins_anew (void)
{
  ZabTapTempo self = { 0 };
  gint64      time = 0;

  zab_tap_tempo_tap (&self, time);
  assert_tempo (zab_tap_tempo_tap (&self, time += BEAT), 120);
  assert_tempo (zab_tap_tempo_tap (&self, time += 4 * G_USEC_PER_SEC), 0);
  assert_tempo (zab_tap_tempo_tap (&self, time += 2 * BEAT), 60);
  assert_tempo (zab_tap_tempo_tap (&self, time += BEAT / 4), 0);
  assert_tempo (zab_tap_tempo_tap (&self, time), 0); /* the same moment */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/tap-tempo/steady", test_steady);
  g_test_add_func ("/model/tap-tempo/uneven", test_uneven);
  g_test_add_func ("/model/tap-tempo/follows", test_follows);
  g_test_add_func ("/model/tap-tempo/begins-anew", test_begins_anew);
  return g_test_run ();
}
