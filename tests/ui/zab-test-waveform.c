/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-test-waveform.h"

#include <math.h>
#include <stdio.h>

typedef AtspiValue Value;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Value, g_object_unref)

double
zab_test_waveform_get_value (ZabTestApp *self, const char *slider)
{
  g_autoptr (ZabTestAccessible) found = zab_test_app_find (self, slider);
  g_autoptr (Value) value = found != NULL ? atspi_accessible_get_value_iface (found) : NULL;

  return value != NULL ? atspi_value_get_current_value (value, NULL) / 1000 : (double)NAN;
}

static double
parse_time (const char *text)
{
  int    minutes = 0;
  double seconds = 0;

  g_assert_cmpint (sscanf (text, "%d:%lf", &minutes, &seconds), ==, 2);
  return minutes * 60 + seconds;
}

/* From the canvas's description: "Shows A to B of C". */
void
zab_test_waveform_get_span (ZabTestApp *self, double *first, double *last)
{
  g_autoptr (ZabTestAccessible) canvas = zab_test_app_find (self, "Waveform");
  g_autofree char *text = canvas ? atspi_accessible_get_description (canvas, NULL) : NULL;
  char             a[32], b[32];

  *first = *last = -1;
  if (text != NULL && sscanf (text, "Shows %31s to %31s of", a, b) == 2)
    {
      *first = parse_time (a);
      *last = parse_time (b);
    }
}

gboolean
zab_test_waveform_shows (ZabTestApp *self, double first, double last, double epsilon)
{
  double a, b;

  zab_test_waveform_get_span (self, &a, &b);
  return fabs (a - first) <= epsilon && fabs (b - last) <= epsilon;
}
