/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-pad-selection.h"

/* @wanted: a row of six for each row of pads, up to the last that has any. */
static void
assert_selected (const ZabPadSelection *self, const char *wanted)
{
  GString *is = g_string_new (NULL);

  for (guint i = 0; i < ZAB_PAD_SELECTION_N; i++)
    {
      if (i > 0 && i % ZAB_PAD_SELECTION_COLUMNS == 0)
        g_string_append_c (is, ' ');
      g_string_append_c (is, self->selected[i] ? '#' : '.');
    }
  while (g_str_has_suffix (is->str, " ......"))
    g_string_truncate (is, is->len - 7);
  g_assert_cmpstr (is->str, ==, wanted);
  g_string_free (is, TRUE);
}

static void
test_select (void)
{
  ZabPadSelection self = { 0 };

  zab_pad_selection_select (&self, 8);
  assert_selected (&self, "...... ..#...");
  zab_pad_selection_toggle (&self, 0);
  assert_selected (&self, "#..... ..#...");
  g_assert_cmpuint (zab_pad_selection_count (&self), ==, 2);
  zab_pad_selection_toggle (&self, 8);
  assert_selected (&self, "#.....");
  g_assert_cmpuint (self.cursor, ==, 8);
  zab_pad_selection_select (&self, 5);
  assert_selected (&self, ".....#");
  zab_pad_selection_select_all (&self);
  g_assert_cmpuint (zab_pad_selection_count (&self), ==, 36);
  g_assert_cmpuint (self.cursor, ==, 5);
}

/* A block, in whichever direction, and anew from the same anchor. */
static void
test_extend (void)
{
  ZabPadSelection self = { 0 };

  zab_pad_selection_select (&self, 8);
  zab_pad_selection_extend (&self, 15);
  assert_selected (&self, "...... ..##.. ..##..");
  g_assert_cmpuint (self.cursor, ==, 15);
  zab_pad_selection_extend (&self, 1);
  assert_selected (&self, ".##... .##...");
  g_assert_cmpuint (self.anchor, ==, 8);
  zab_pad_selection_extend (&self, 8);
  assert_selected (&self, "...... ..#...");
}

/* The whole selection stays in the bank. */
static void
test_offset (void)
{
  ZabPadSelection self = { 0 };

  zab_pad_selection_select (&self, 0);
  zab_pad_selection_extend (&self, 7);
  g_assert_cmpint (zab_pad_selection_get_offset (&self, 0, 14), ==, 14);
  g_assert_cmpint (zab_pad_selection_get_offset (&self, 7, 14), ==, 7);
  g_assert_cmpint (zab_pad_selection_get_offset (&self, 0, 35), ==, 28);
  g_assert_cmpint (zab_pad_selection_get_offset (&self, 7, 0), ==, 0);
  g_assert_cmpint (zab_pad_selection_get_offset (&self, 0, 5), ==, 4);
  zab_pad_selection_shift (&self, 28);
  assert_selected (&self, "...... ...... ...... ...... ....## ....##");
  g_assert_cmpint (zab_pad_selection_get_offset (&self, 28, 0), ==, -28);
  zab_pad_selection_shift (&self, -28);
  assert_selected (&self, "##.... ##....");
}

/* Whatever the offset, going in that order loses nothing. */
static void
test_order (void)
{
  const int offsets[] = { 1, -1, 6, -6, 7, -5 };

  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      ZabPadSelection self = { 0 };
      guint           places[ZAB_PAD_SELECTION_N], order[ZAB_PAD_SELECTION_N];
      const int       offset = offsets[i];

      for (guint p = 0; p < ZAB_PAD_SELECTION_N; p++)
        places[p] = p;
      zab_pad_selection_select (&self, 7);
      zab_pad_selection_extend (&self, 22);
      g_assert_cmpuint (zab_pad_selection_order (&self, offset, order), ==, 12);
      for (guint n = 0; n < 12; n++)
        {
          guint *from = &places[order[n]], *to = &places[(int)order[n] + offset], swapped = *to;

          *to = *from;
          *from = swapped;
        }
      for (guint n = 0; n < 12; n++)
        g_assert_cmpuint (places[(int)order[n] + offset], ==, order[n]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/pad-selection/select", test_select);
  g_test_add_func ("/ui/pad-selection/extend", test_extend);
  g_test_add_func ("/ui/pad-selection/offset", test_offset);
  g_test_add_func ("/ui/pad-selection/order", test_order);
  return g_test_run ();
}
