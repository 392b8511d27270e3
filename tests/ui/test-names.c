/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real window, as who does not see it goes through it: all that takes the focus says what it
 * is, in each of its main states. */
#include <linux/input-event-codes.h>

#include "ui/zab-test-app.h"

static void
wait_shown (ZabTestApp *self, const char *what)
{
  g_object_unref (zab_test_app_wait (self, what));
}

/* The words in a list item are read with it. */
static gboolean
has_words (ZabTestAccessible *top)
{
  g_autofree char *name = atspi_accessible_get_name (top, NULL);
  const int        n = atspi_accessible_get_child_count (top, NULL);

  if (atspi_accessible_get_role (top, NULL) == ATSPI_ROLE_LABEL)
    return name != NULL && *name != '\0';
  for (int i = 0; i < n; i++)
    {
      g_autoptr (ZabTestAccessible) child = atspi_accessible_get_child_at_index (top, i, NULL);

      if (child && has_words (child))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_in_combo_box (ZabTestAccessible *accessible)
{
  g_autoptr (ZabTestAccessible) at = g_object_ref (accessible);

  while (at && atspi_accessible_get_role (at, NULL) != ATSPI_ROLE_COMBO_BOX)
    {
      ZabTestAccessible *parent = atspi_accessible_get_parent (at, NULL);

      g_set_object (&at, parent);
      g_clear_object (&parent);
    }
  return at != NULL;
}

/* In libadwaita 1.7 the list in an AdwComboRow, in 1.10 that in an AdwPreferencesGroup, too, leaves
 * the name to what it is in. The one shows the chosen row and cannot have the focus, the other
 * hands it on to its rows. */
static gboolean
is_list_of_named (ZabTestAccessible *list)
{
  g_autoptr (ZabTestAccessible) at = g_object_ref (list);
  g_autofree char *name = NULL;

  for (int i = 0; at && i < 3; i++)
    {
      ZabTestAccessible *parent = atspi_accessible_get_parent (at, NULL);

      g_set_object (&at, parent);
      g_clear_object (&parent);
    }
  name = at ? atspi_accessible_get_name (at, NULL) : NULL;
  return name != NULL && *name != '\0'
         && (atspi_accessible_get_role (at, NULL) == ATSPI_ROLE_COMBO_BOX
             || atspi_accessible_get_role (at, NULL) == ATSPI_ROLE_GROUPING);
}

/* What shows the chosen row in the button of a drop-down is a list item to GTK 4.8, and to newer
 * ones no more than something that can be selected. The drop-down has the focus, and a name. */
static gboolean
is_part_of_named (ZabTestAccessible *accessible)
{
  switch ((int)atspi_accessible_get_role (accessible, NULL))
    {
    case ATSPI_ROLE_LIST_ITEM:
      return TRUE;
    case ATSPI_ROLE_LIST:
      return is_list_of_named (accessible);
    case ATSPI_ROLE_PANEL:
      return zab_test_a11y_has_state (accessible, ATSPI_STATE_SELECTABLE)
             && is_in_combo_box (accessible);
    default:
      return FALSE;
    }
}

/* GTK hands the focus of a scrolled window on to what is in it, and libadwaita (from 1.5) that of
 * the sheet of a dialog. */
static gboolean
hands_focus_on (ZabTestAccessible *accessible)
{
  g_autoptr (ZabTestAccessible) parent = atspi_accessible_get_parent (accessible, NULL);

  switch ((int)atspi_accessible_get_role (accessible, NULL))
    {
    case ATSPI_ROLE_SCROLL_PANE:
      return TRUE;
    case ATSPI_ROLE_PANEL:
      return parent && zab_test_a11y_has_action (parent, "sheet.close");
    default:
      return FALSE;
    }
}

static gboolean
is_named (ZabTestAccessible *accessible, const char *name)
{
  return (name != NULL && *name != '\0')
         || (is_part_of_named (accessible) && has_words (accessible));
}

/* Adds to @nameless what is below @top and may have the focus, and has no name. */
static void
collect_nameless (ZabTestAccessible *top, const char *path, GPtrArray *nameless, guint *n_focusable)
{
  g_autofree char *name = zab_test_a11y_dup_name (top);
  g_autofree char *role = atspi_accessible_get_role_name (top, NULL);
  g_autofree char *here = g_strdup_printf ("%s / %s “%s”", path, role, name);
  const int        n = atspi_accessible_get_child_count (top, NULL);

  if (!zab_test_a11y_has_state (top, ATSPI_STATE_VISIBLE))
    return;
  if (zab_test_a11y_has_state (top, ATSPI_STATE_FOCUSABLE) && !hands_focus_on (top))
    {
      ++*n_focusable;
      if (!is_named (top, name))
        g_ptr_array_add (nameless, g_steal_pointer (&here));
    }
  for (int i = 0; i < n; i++)
    {
      g_autoptr (ZabTestAccessible) child = atspi_accessible_get_child_at_index (top, i, NULL);

      if (child)
        collect_nameless (child, here ? here : path, nameless, n_focusable);
    }
}

static void
assert_named (ZabTestApp *self, const char *state, guint n_at_least)
{
  g_autoptr (GPtrArray) nameless = g_ptr_array_new_with_free_func (g_free);
  const int n = (zab_test_a11y_refresh (), atspi_accessible_get_child_count (self->root, NULL));
  guint     n_focusable = 0;

  for (int i = 0; i < n; i++)
    {
      g_autoptr (ZabTestAccessible) window
          = atspi_accessible_get_child_at_index (self->root, i, NULL);

      collect_nameless (window, "", nameless, &n_focusable);
    }
  for (guint i = 0; i < nameless->len; i++)
    g_printerr ("%s: no name: %s\n", state, (char *)nameless->pdata[i]);
  g_test_message ("%s: %u can have the focus", state, n_focusable);
  g_assert_cmpuint (nameless->len, ==, 0);
  g_assert_cmpuint (n_focusable, >=, n_at_least);
}

static void
start (ZabTestApp *self)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *good = zab_test_app_write_wav (dir, "good.wav", 0.1);
  g_autofree char *bad = zab_test_app_write_broken_wav (dir, "bad.wav");

  zab_test_app_start (self, (const char *[]){ good, bad, NULL });
  wait_shown (self, "Pad A1, good, ready");
  wait_shown (self, "Pad A2, bad, failed");
}

static void
test_window (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  assert_named (&self, "playing", 36);
  zab_test_app_click (&self, "Edit Pads");
  wait_shown (&self, "Pad A1, good, ready, selected");
  assert_named (&self, "editing", 36);
  zab_test_app_stop (&self);
}

static void
test_menus (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  zab_test_app_do (&self, "Pad A1, good, ready", "pad.menu");
  wait_shown (&self, "menu:*");
  assert_named (&self, "a pad's menu", 40);
  zab_test_input_key (self.input, KEY_ESC);
  zab_test_wait_until (!zab_test_app_shows (&self, "menu:*"));
  zab_test_input_key (self.input, KEY_F10);
  wait_shown (&self, "menu:*");
  assert_named (&self, "the main menu", 40);
  zab_test_app_stop (&self);
}

static void
test_problem (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  zab_test_app_click (&self, "Pad A2, bad, failed");
  wait_shown (&self, "push button:Retry");
  assert_named (&self, "what went wrong", 39);
  zab_test_app_stop (&self);
}

static void
test_inspector (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  zab_test_input_key (self.input, KEY_F9);
  wait_shown (&self, "text:Name");
  zab_test_app_click (&self, "More");
  wait_shown (&self, "text:Start");
  assert_named (&self, "the inspector", 60);
  zab_test_app_stop (&self);
}

static void
test_sounds (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  zab_test_input_key (self.input, KEY_F8);
  zab_test_app_wait_focus (&self, "Search Sounds");
  zab_test_app_do (&self, "panel:Sounds", "sounds.show-recent");
  wait_shown (&self, "list item:good");
  assert_named (&self, "the sounds pane", 40);
  zab_test_app_stop (&self);
}

static void
test_preferences (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  zab_test_app_activate (&self, "preferences", NULL);
  wait_shown (&self, "Limiter");
  assert_named (&self, "preferences", 40);
  zab_test_app_stop (&self);
}

static void
test_transport (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  zab_test_app_click (&self, "push button:More of the Transport");
  wait_shown (&self, "One Loop at a Time");
  assert_named (&self, "metre and speed", 40);
  zab_test_app_stop (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_a11y_init ();
  zab_test_add ("/ui/names/window", test_window);
  zab_test_add ("/ui/names/menus", test_menus);
  zab_test_add ("/ui/names/problem", test_problem);
  zab_test_add ("/ui/names/inspector", test_inspector);
  zab_test_add ("/ui/names/sounds", test_sounds);
  zab_test_add ("/ui/names/preferences", test_preferences);
  zab_test_add ("/ui/names/transport", test_transport);
  return g_test_run ();
}
