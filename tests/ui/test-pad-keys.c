/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gdk/gdk.h>
#include <linux/input-event-codes.h>

#include "ui/zab-pad-keys.h"

/* X11 and Wayland count from the kernel's numbers on. */
#define CODE(key) ((key) + 8)

static void
test_positions (void)
{
  g_assert_cmpint (zab_pad_keys_get_position (CODE (KEY_1)), ==, 0);
  g_assert_cmpint (zab_pad_keys_get_position (CODE (KEY_6)), ==, 5);
  g_assert_cmpint (zab_pad_keys_get_position (CODE (KEY_Q)), ==, 6);
  g_assert_cmpint (zab_pad_keys_get_position (CODE (KEY_Y)), ==, 11);
  g_assert_cmpint (zab_pad_keys_get_position (CODE (KEY_A)), ==, 12);
  g_assert_cmpint (zab_pad_keys_get_position (CODE (KEY_H)), ==, 17);
  g_assert_cmpint (zab_pad_keys_get_position (CODE (KEY_Z)), ==, 18);
  g_assert_cmpint (zab_pad_keys_get_position (CODE (KEY_N)), ==, 23);
  g_assert_cmpint (zab_pad_keys_get_position (CODE (KEY_7)), ==, 24);
  g_assert_cmpint (zab_pad_keys_get_position (CODE (KEY_EQUAL)), ==, 29);
  g_assert_cmpint (zab_pad_keys_get_position (CODE (KEY_U)), ==, 30);
  g_assert_cmpint (zab_pad_keys_get_position (CODE (KEY_RIGHTBRACE)), ==, 35);
}

static void
test_round_trip (void)
{
  guint n = 0;

  for (guint i = 0; i < ZAB_PAD_KEYS_N; i++)
    g_assert_cmpint (zab_pad_keys_get_position (zab_pad_keys_get_keycode (i)), ==, (int)i);
  for (guint code = 0; code < 256; code++)
    n += zab_pad_keys_get_position (code) >= 0;
  g_assert_cmpuint (n, ==, ZAB_PAD_KEYS_N);
}

static void
test_others (void)
{
  g_assert_cmpint (zab_pad_keys_get_position (CODE (KEY_SPACE)), ==, -1);
  g_assert_cmpint (zab_pad_keys_get_position (CODE (KEY_J)), ==, -1);
  g_assert_cmpint (zab_pad_keys_get_position (CODE (KEY_M)), ==, -1);
}

static void
check_cap (guint position, guint keyval, guint shifted, const char *expected)
{
  g_autofree char *cap = zab_pad_keys_dup_cap (position, keyval, shifted);

  g_assert_cmpstr (cap, ==, expected);
}

static void
test_caps (void)
{
  check_cap (6, GDK_KEY_q, GDK_KEY_Q, "Q");
  check_cap (6, GDK_KEY_a, GDK_KEY_A, "A");                    /* French */
  check_cap (0, GDK_KEY_ampersand, GDK_KEY_1, "1");            /* French */
  check_cap (1, GDK_KEY_eacute, GDK_KEY_2, "2");               /* French */
  check_cap (28, GDK_KEY_ssharp, GDK_KEY_question, "ß");       /* German */
  check_cap (34, GDK_KEY_udiaeresis, GDK_KEY_Udiaeresis, "Ü"); /* German */
  check_cap (6, GDK_KEY_Cyrillic_shorti, GDK_KEY_Cyrillic_SHORTI, "Й");
  check_cap (34, GDK_KEY_dead_circumflex, GDK_KEY_dead_diaeresis, "^");
  check_cap (35, GDK_KEY_VoidSymbol, 0, "]"); /* nothing to show */
  check_cap (7, 0, 0, "W");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/pad-keys/positions", test_positions);
  g_test_add_func ("/ui/pad-keys/round-trip", test_round_trip);
  g_test_add_func ("/ui/pad-keys/others", test_others);
  g_test_add_func ("/ui/pad-keys/caps", test_caps);
  return g_test_run ();
}
