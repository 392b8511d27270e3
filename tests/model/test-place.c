/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-place.h"

#include "lib/zab-test.h"

static void
assert_pad (const char *text, guint expected)
{
  guint pad = G_MAXUINT;

  g_assert_true (zab_place_parse_pad (text, &pad));
  g_assert_cmpuint (pad, ==, expected);
}

static void
test_pads (void)
{
  guint pad = G_MAXUINT;

  assert_pad ("1", 0);
  assert_pad ("36", 35);
  assert_pad ("A1", 0);
  assert_pad ("b12", 47);
  assert_pad ("F36", 215);
  for (const char *const *text = (const char *const[]){ "", "0", "37", "G1", "A0", "A37", "A01",
                                                        "A", "1A", " 1", "-1", "A1 ", "Ä1", NULL };
       *text != NULL; text++)
    g_assert_false (zab_place_parse_pad (*text, &pad));
  g_assert_cmpuint (pad, ==, G_MAXUINT);
}

static void
test_banks (void)
{
  guint bank = G_MAXUINT;

  for (const char *const *text
       = (const char *const[]){ "", "G", "AB", "1", "@", "[", "\xc3\x84", NULL };
       *text != NULL; text++)
    g_assert_false (zab_place_parse_bank (*text, &bank));
  g_assert_cmpuint (bank, ==, G_MAXUINT);
  g_assert_true (zab_place_parse_bank ("A", &bank));
  g_assert_cmpuint (bank, ==, 0);
  g_assert_true (zab_place_parse_bank ("f", &bank));
  g_assert_cmpuint (bank, ==, 5);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/place/pads", test_pads);
  zab_test_add ("/model/place/banks", test_banks);
  return g_test_run ();
}
