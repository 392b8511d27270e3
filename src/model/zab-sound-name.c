/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-sound-name.h"

#include <string.h>

static const double MIN_TEMPO = 30;
static const double MAX_TEMPO = 300;

static char *
fold_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *utf8 = base != NULL ? g_filename_display_name (base) : g_strdup ("");

  return g_utf8_casefold (utf8, -1);
}

gboolean
zab_sound_name_is_loop (GFile *file)
{
  g_autofree char *name = fold_name (file);

  return strstr (name, "loop") != NULL;
}

static double
read_tempo (const char *digits)
{
  const double tempo = g_ascii_strtod (digits, NULL);

  return tempo >= MIN_TEMPO && tempo <= MAX_TEMPO ? tempo : 0;
}

static gboolean
is_gap (char c)
{
  return c == ' ' || c == '_' || c == '-' || c == '.';
}

/* The number that ends before @end, with a gap or none between; not before @begin. */
static double
read_before (const char *begin, const char *end)
{
  const char *digits;

  while (end > begin && is_gap (end[-1]))
    end--;
  digits = end;
  while (digits > begin && (g_ascii_isdigit (digits[-1]) || digits[-1] == '.'))
    digits--;
  while (digits < end && *digits == '.')
    digits++;
  return digits < end ? read_tempo (digits) : 0;
}

static double
read_after (const char *text)
{
  while (is_gap (*text))
    text++;
  return g_ascii_isdigit (*text) ? read_tempo (text) : 0;
}

double
zab_sound_name_get_tempo (GFile *file)
{
  g_autofree char *name = fold_name (file);
  double           tempo = 0;

  for (const char *bpm = strstr (name, "bpm"); bpm != NULL && !(tempo > 0);
       bpm = strstr (bpm + 1, "bpm"))
    {
      tempo = read_before (name, bpm);
      if (!(tempo > 0))
        tempo = read_after (bpm + strlen ("bpm"));
    }
  return tempo;
}
