/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-pad-private.h"
#include "ui/zab-set-status.h"

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  ++*(guint *)user_data;
}

static void
test_counts (void)
{
  g_autoptr (ZabSet) set = zab_set_new ();
  g_autoptr (GFile) file = g_file_new_for_path ("/a.wav");
  ZabSetStatus *status = zab_set_status_new (set);
  ZabPad       *pad = zab_set_get_pad (set, 215);
  guint         n_ready = 0, n_used = 0;

  g_signal_connect (status, "notify::n-ready", G_CALLBACK (on_notify), &n_ready);
  g_signal_connect (status, "notify::n-used", G_CALLBACK (on_notify), &n_used);
  g_assert_cmpuint (zab_set_status_get_n_used (status), ==, 0);
  zab_pad_begin_load (pad, file);
  g_assert_cmpuint (zab_set_status_get_n_used (status), ==, 1);
  g_assert_cmpuint (zab_set_status_get_n_ready (status), ==, 0);
  zab_pad_end_load (pad, 1, NULL);
  g_assert_cmpuint (zab_set_status_get_n_ready (status), ==, 1);
  zab_pad_begin_load (pad, file);
  zab_pad_fail_load (pad, "no", FALSE);
  g_assert_cmpuint (zab_set_status_get_n_ready (status), ==, 0);
  g_assert_cmpuint (zab_set_status_get_n_used (status), ==, 1);
  zab_pad_clear (pad);
  g_assert_cmpuint (zab_set_status_get_n_used (status), ==, 0);
  g_assert_cmpuint (n_ready, ==, 2);
  g_assert_cmpuint (n_used, ==, 2);
  g_assert_finalize_object (status);
  zab_pad_begin_load (pad, file); /* nobody listens any more */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/set-status/counts", test_counts);
  return g_test_run ();
}
