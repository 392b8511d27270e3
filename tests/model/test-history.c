/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lib/zab-test.h"
#include "model/zab-history.h"

/* Contents that can be told by their pointers. */
static ZabSetContents *
make (void)
{
  return zab_set_contents_new_empty ();
}

static void
push (ZabHistory *history, ZabSetContents *contents, gboolean merge)
{
  zab_history_push (history, contents, merge);
  g_assert_true (zab_history_get_now (history) == contents);
  g_assert_false (zab_history_can_redo (history));
}

static void
test_back_and_forth (void)
{
  g_autoptr (ZabSetContents) a = make ();
  g_autoptr (ZabSetContents) b = make ();
  g_autoptr (ZabSetContents) c = make ();
  g_autoptr (ZabSetContents) d = make ();
  g_autoptr (ZabHistory) history = zab_history_new (a);

  g_assert_false (zab_history_undo (history));
  g_assert_false (zab_history_redo (history));
  push (history, b, FALSE);
  push (history, c, FALSE);
  g_assert_true (zab_history_undo (history));
  g_assert_true (zab_history_get_now (history) == b);
  g_assert_true (zab_history_undo (history));
  g_assert_true (zab_history_get_now (history) == a);
  g_assert_false (zab_history_can_undo (history));
  g_assert_true (zab_history_redo (history));
  g_assert_true (zab_history_get_now (history) == b);
  push (history, d, FALSE);
  g_assert_true (zab_history_undo (history));
  g_assert_true (zab_history_get_now (history) == b);
}

static void
test_merge (void)
{
  g_autoptr (ZabSetContents) a = make ();
  g_autoptr (ZabSetContents) b = make ();
  g_autoptr (ZabSetContents) c = make ();
  g_autoptr (ZabSetContents) d = make ();
  g_autoptr (ZabHistory) history = zab_history_new (a);

  push (history, b, TRUE); /* nothing to continue */
  push (history, c, TRUE);
  zab_history_amend (history, d);
  g_assert_true (zab_history_get_now (history) == d);
  g_assert_true (zab_history_undo (history));
  g_assert_true (zab_history_get_now (history) == a);
}

static void
test_limit (void)
{
  g_autoptr (ZabSetContents) first = make ();
  g_autoptr (ZabHistory) history = zab_history_new (first);
  guint n = 0;

  for (guint i = 0; i < ZAB_HISTORY_MAX_STEPS + 5; i++)
    {
      g_autoptr (ZabSetContents) contents = make ();

      push (history, contents, FALSE);
    }
  while (zab_history_undo (history))
    n++;
  g_assert_cmpuint (n, ==, ZAB_HISTORY_MAX_STEPS);
  g_assert_true (zab_history_get_now (history) != first);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/history/back-and-forth", test_back_and_forth);
  zab_test_add ("/model/history/merge", test_merge);
  zab_test_add ("/model/history/limit", test_limit);
  return g_test_run ();
}
