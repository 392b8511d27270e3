/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-place.h"

#include "model/zab-pad-record.h"
#include "rt/zab-rt.h"

gboolean
zab_place_parse_pad (const char *text, guint *pad)
{
  g_autofree char *label = g_ascii_strup (text, -1);
  guint64          number;

  if (!g_ascii_string_to_unsigned (text, 10, 1, ZAB_PADS_PER_BANK, &number, NULL))
    return zab_pad_record_parse_label (label, pad);
  *pad = (guint)number - 1;
  return TRUE;
}

gboolean
zab_place_parse_bank (const char *text, guint *bank)
{
  const char letter = g_ascii_toupper (text[0]);

  if (letter < 'A' || letter >= 'A' + ZAB_N_BANKS || text[1] != '\0')
    return FALSE;
  *bank = (guint)(letter - 'A');
  return TRUE;
}
