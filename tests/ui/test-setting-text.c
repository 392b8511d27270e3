/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-setting-text.h"

static void
test_seconds (void)
{
  static const struct
  {
    double      seconds;
    const char *text;
  } times[] = {
    { 0, "0:00.000" },       { 0.05, "0:00.050" },  { 59.9994, "0:59.999" },
    { 59.9996, "1:00.000" }, { 65.25, "1:05.250" }, { 3723.5, "62:03.500" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *text = zab_setting_text_from_seconds (times[i].seconds);
      double           seconds;

      g_assert_cmpstr (text, ==, times[i].text);
      /* Sixty-two minutes are no part of an hour. */
      g_assert_true (zab_setting_text_to_seconds (text, &seconds));
      g_assert_cmpfloat_with_epsilon (seconds, times[i].seconds, 0.0005);
    }
}

static void
test_other_times (void)
{
  double seconds;

  g_assert_true (zab_setting_text_to_seconds (" 65.25 ", &seconds));
  g_assert_cmpfloat (seconds, ==, 65.25);
  g_assert_true (zab_setting_text_to_seconds ("1:5,25", &seconds));
  g_assert_cmpfloat (seconds, ==, 65.25);
  g_assert_true (zab_setting_text_to_seconds ("1:02:03.5", &seconds));
  g_assert_cmpfloat (seconds, ==, 3723.5);
  g_assert_true (zab_setting_text_to_seconds (".5", &seconds));
  g_assert_cmpfloat (seconds, ==, 0.5);
}

static void
test_no_times (void)
{
  static const char *const texts[] = { "",     "-1",     "1e3",     "nan",   "inf", "1:", ":1",
                                       "1:60", "1.5:00", "1:2:3:4", "1.2.3", "0x1", "a" };
  double                   seconds = 7;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (zab_setting_text_to_seconds (texts[i], &seconds));
  g_assert_cmpfloat (seconds, ==, 7);
}

static void
test_tempo (void)
{
  g_autofree char *whole = zab_setting_text_from_tempo (120);
  g_autofree char *part = zab_setting_text_from_tempo (97.5);
  double           tempo;

  g_assert_cmpstr (whole, ==, "120");
  g_assert_cmpstr (part, ==, "97.5");
  g_assert_true (zab_setting_text_to_tempo (" 97,5", &tempo));
  g_assert_cmpfloat (tempo, ==, 97.5);
  g_assert_false (zab_setting_text_to_tempo ("fast", &tempo));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/setting-text/seconds", test_seconds);
  g_test_add_func ("/ui/setting-text/other-times", test_other_times);
  g_test_add_func ("/ui/setting-text/no-times", test_no_times);
  g_test_add_func ("/ui/setting-text/tempo", test_tempo);
  return g_test_run ();
}
