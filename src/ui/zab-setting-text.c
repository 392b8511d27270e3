/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-setting-text.h"

#include <math.h>
#include <string.h>

enum
{
  MAX_PARTS = 3,
  MAX_LENGTH = 32,
};

/* Digits with at most one point or comma; neither a sign nor an exponent. */
static gboolean
parse_number (const char *text, double *number)
{
  g_autofree char *plain = g_strdelimit (g_strdup (text), ",", '.');
  guint            n_digits = 0, n_points = 0;

  for (const char *c = plain; *c != '\0'; c++)
    {
      n_digits += g_ascii_isdigit (*c);
      n_points += *c == '.';
      if (!g_ascii_isdigit (*c) && *c != '.')
        return FALSE;
    }
  *number = g_ascii_strtod (plain, NULL);
  return n_digits > 0 && n_digits < MAX_LENGTH && n_points <= 1;
}

char *
zab_setting_text_from_seconds (double seconds)
{
  const guint64 ms = (guint64)round (seconds * 1000);

  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u.%03u", ms / 60000, (guint)(ms / 1000 % 60),
                          (guint)(ms % 1000));
}

gboolean
zab_setting_text_to_seconds (const char *text, double *seconds)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  g_auto (GStrv) parts = g_strsplit (plain, ":", MAX_PARTS + 1);
  const guint n = g_strv_length (parts);
  double      sum = 0;

  if (n < 1 || n > MAX_PARTS)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      double number;

      if (!parse_number (parts[i], &number) || (i > 0 && number >= 60)
          || (i + 1 < n && strpbrk (parts[i], ".,") != NULL))
        return FALSE;
      sum = sum * 60 + number;
    }
  *seconds = sum;
  return TRUE;
}

char *
zab_setting_text_from_tempo (double tempo)
{
  const double tenths = round (tempo * 10);

  return fabs (tenths - 10 * round (tempo)) < 0.5 ? g_strdup_printf ("%.0f", tempo)
                                                  : g_strdup_printf ("%.1f", tempo);
}

gboolean
zab_setting_text_to_tempo (const char *text, double *tempo)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));

  return parse_number (plain, tempo);
}
