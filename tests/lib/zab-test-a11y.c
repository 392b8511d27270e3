/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-test-a11y.h"

#include <string.h>

/* libatspi brings no autoptr for its types. */
typedef AtspiStateSet     StateSet;
typedef AtspiAction       Action;
typedef AtspiComponent    Component;
typedef AtspiValue        Value;
typedef AtspiText         Text;
typedef AtspiEditableText EditableText;
typedef AtspiRelation     Relation;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StateSet, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Action, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Component, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Value, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Text, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EditableText, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Relation, g_object_unref)

enum
{
  MAX_DEPTH = 40,
  TIMEOUT = 30000 /* ms that a program may take to answer; its start no more than that */
};

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, message);
  return FALSE;
}

/* A program that is just starting or ending gives warnings of the accessibility bus; they are no
 * fault of the test. */
static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  return g_strcmp0 (domain, "dbind") != 0;
}

static void
on_log (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  g_printerr ("%s: %s\n", domain, message);
}

void
zab_test_a11y_init (void)
{
  g_log_set_handler ("dbind", G_LOG_LEVEL_MASK | G_LOG_FLAG_FATAL, on_log, NULL);
  g_test_log_set_fatal_handler (is_fatal, NULL);
  atspi_init ();
  atspi_set_timeout (TIMEOUT, TIMEOUT);
}

void
zab_test_a11y_refresh (void)
{
  g_autoptr (ZabTestAccessible) desktop = atspi_get_desktop (0);

  atspi_accessible_clear_cache (desktop);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

ZabTestAccessible *
zab_test_a11y_find_application (const char *name)
{
  g_autoptr (ZabTestAccessible) desktop = atspi_get_desktop (0);
  int n_children = atspi_accessible_get_child_count (desktop, NULL);

  for (int i = 0; i < n_children; i++)
    {
      g_autoptr (ZabTestAccessible) child = atspi_accessible_get_child_at_index (desktop, i, NULL);
      g_autofree char *child_name = child ? atspi_accessible_get_name (child, NULL) : NULL;

      if (g_strcmp0 (child_name, name) == 0)
        return g_steal_pointer (&child);
    }
  return NULL;
}

gboolean
zab_test_a11y_has_state (ZabTestAccessible *accessible, AtspiStateType state)
{
  g_autoptr (StateSet) states = atspi_accessible_get_state_set (accessible);

  return atspi_state_set_contains (states, state);
}

/* The names of the oldest platform: newer ones know more of them. */
static char *
dup_role (ZabTestAccessible *accessible)
{
  switch ((int)atspi_accessible_get_role (accessible, NULL))
    {
    case ATSPI_ROLE_PUSH_BUTTON:
    case ATSPI_ROLE_TOGGLE_BUTTON:
      return g_strdup ("push button");
    case ATSPI_ROLE_RADIO_BUTTON:
      return g_strdup ("check box");
    case ATSPI_ROLE_GROUPING:
      return g_strdup ("panel");
    default:
      return atspi_accessible_get_role_name (accessible, NULL);
    }
}

/* @role: up to the colon of "role:name". */
static gboolean
has_role (ZabTestAccessible *accessible, const char *role, gsize length)
{
  g_autofree char *own = dup_role (accessible);

  return own != NULL && strlen (own) == length && strncmp (own, role, length) == 0;
}

static char *
dup_text (ZabTestAccessible *accessible)
{
  g_autoptr (Text) text = atspi_accessible_get_text_iface (accessible);

  return text ? atspi_text_get_text (text, 0, atspi_text_get_character_count (text, NULL), NULL)
              : NULL;
}

/* The text of the label that @accessible is labelled by, or NULL. */
static char *
dup_label (ZabTestAccessible *accessible)
{
  g_autoptr (GArray) relations = atspi_accessible_get_relation_set (accessible, NULL);
  char *label = NULL;

  for (guint i = 0; relations && i < relations->len; i++)
    {
      g_autoptr (Relation) relation = g_array_index (relations, AtspiRelation *, i);
      g_autoptr (ZabTestAccessible) target = NULL;

      if (label || atspi_relation_get_relation_type (relation) != ATSPI_RELATION_LABELLED_BY
          || atspi_relation_get_n_targets (relation) == 0)
        continue;
      target = atspi_relation_get_target (relation, 0);
      label = target ? dup_text (target) : NULL;
    }
  return label;
}

char *
zab_test_a11y_dup_name (ZabTestAccessible *accessible)
{
  g_autofree char *name = atspi_accessible_get_name (accessible, NULL);
  char            *label = name == NULL || *name == '\0' ? dup_label (accessible) : NULL;

  return label ? label : g_steal_pointer (&name);
}

/* Is it @role:@name? Newer GTK gives an item of a menu no name but a label: that is asked last. */
static gboolean
is_role_called (ZabTestAccessible *accessible, const char *own, const char *what, const char *colon)
{
  const char      *name = colon + 1;
  const gboolean   nameless = own == NULL || *own == '\0';
  g_autofree char *label = NULL;

  if (!g_str_equal (name, "*") && g_strcmp0 (own, name) != 0 && !nameless)
    return FALSE;
  if (!has_role (accessible, what, (gsize)(colon - what)))
    return FALSE;
  if (g_str_equal (name, "*") || g_strcmp0 (own, name) == 0)
    return TRUE;
  label = dup_label (accessible);
  return g_strcmp0 (label, name) == 0;
}

/* Each question is a call to the program, so that what most are not called is asked first. GTK 4.8
 * gives "showing" to windows alone, so "visible" is what counts. */
static gboolean
is_called (ZabTestAccessible *accessible, const char *what)
{
  const char      *colon = strchr (what, ':');
  const gboolean   any = colon != NULL && g_str_equal (colon, ":*");
  g_autofree char *name = any ? NULL : atspi_accessible_get_name (accessible, NULL);

  if (g_strcmp0 (name, what) != 0
      && (colon == NULL || !is_role_called (accessible, name, what, colon)))
    return FALSE;
  return zab_test_a11y_has_state (accessible, ATSPI_STATE_VISIBLE);
}

/* @place takes the way to it, as numbers of children. */
static ZabTestAccessible *
find_below (ZabTestAccessible *root, const char *what, GArray *place)
{
  int n_children = place->len < MAX_DEPTH ? atspi_accessible_get_child_count (root, NULL) : 0;

  for (int i = 0; i < n_children; i++)
    {
      g_autoptr (ZabTestAccessible) child = atspi_accessible_get_child_at_index (root, i, NULL);
      ZabTestAccessible *found;

      if (!child)
        continue;
      g_array_append_val (place, i);
      found = is_called (child, what) ? g_object_ref (child) : find_below (child, what, place);
      if (found)
        return found;
      g_array_set_size (place, place->len - 1);
    }
  return NULL;
}

static ZabTestAccessible *
find_at (ZabTestAccessible *root, const char *what, GArray *place)
{
  g_autoptr (ZabTestAccessible) at = g_object_ref (root);

  for (guint i = 0; at && i < place->len; i++)
    {
      ZabTestAccessible *child
          = atspi_accessible_get_child_at_index (at, g_array_index (place, int, i), NULL);

      g_set_object (&at, child);
      g_clear_object (&child);
    }
  return at && is_called (at, what) ? g_steal_pointer (&at) : NULL;
}

/* What was in a place once is looked for there first: a whole window takes a thousand calls. */
ZabTestAccessible *
zab_test_a11y_find (ZabTestAccessible *root, const char *what)
{
  static GHashTable *places;
  ZabTestAccessible *found;
  GArray            *place;

  if (places == NULL)
    places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  place = g_hash_table_lookup (places, what);
  found = place != NULL ? find_at (root, what, place) : NULL;
  if (found != NULL)
    return found;
  place = g_array_new (FALSE, FALSE, sizeof (int));
  found = find_below (root, what, place);
  g_hash_table_insert (places, g_strdup (what), place);
  return found;
}

char *
zab_test_a11y_dup_states (ZabTestAccessible *accessible)
{
  g_autoptr (StateSet) set = atspi_accessible_get_state_set (accessible);
  g_autoptr (GArray) states = atspi_state_set_get_states (set);
  GEnumClass *names = g_type_class_ref (ATSPI_TYPE_STATE_TYPE);
  GString    *text = g_string_new (NULL);

  for (guint i = 0; i < states->len; i++)
    {
      GEnumValue *value = g_enum_get_value (names, g_array_index (states, int, i));

      g_string_append_printf (text, "%s%s", i ? " " : "", value ? value->value_nick : "?");
    }
  g_type_class_unref (names);
  return g_string_free (text, FALSE);
}

static void
append_actions (GString *out, ZabTestAccessible *accessible)
{
  g_autoptr (Action) action = atspi_accessible_get_action_iface (accessible);
  int n_actions = action ? atspi_action_get_n_actions (action, NULL) : 0;

  for (int i = 0; i < n_actions; i++)
    {
      g_autofree char *name = atspi_action_get_action_name (action, i, NULL);

      g_string_append_printf (out, "%s%s", i ? "," : " actions ", name);
    }
}

static void
append_content (GString *out, ZabTestAccessible *accessible)
{
  g_autoptr (Component) component = atspi_accessible_get_component_iface (accessible);
  g_autoptr (Value) value = atspi_accessible_get_value_iface (accessible);
  g_autofree char *text = dup_text (accessible);
  AtspiRect       *rect
      = component ? atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL) : NULL;

  if (rect)
    g_string_append_printf (out, " %d,%d %dx%d", rect->x, rect->y, rect->width, rect->height);
  if (value)
    g_string_append_printf (out, " value %g", atspi_value_get_current_value (value, NULL));
  if (text)
    g_string_append_printf (out, " text \"%s\"", text);
  g_free (rect);
}

static void
append_tree (GString *out, ZabTestAccessible *accessible, int depth)
{
  g_autofree char *name = zab_test_a11y_dup_name (accessible);
  g_autofree char *role = dup_role (accessible);
  g_autofree char *states = zab_test_a11y_dup_states (accessible);
  int n_children = depth < MAX_DEPTH ? atspi_accessible_get_child_count (accessible, NULL) : 0;

  g_string_append_printf (out, "%*s%s \"%s\" [%s]", depth * 2, "", role, name ? name : "", states);
  append_content (out, accessible);
  append_actions (out, accessible);
  g_string_append_c (out, '\n');
  for (int i = 0; i < n_children; i++)
    {
      g_autoptr (ZabTestAccessible) child
          = atspi_accessible_get_child_at_index (accessible, i, NULL);

      if (child)
        append_tree (out, child, depth + 1);
    }
}

char *
zab_test_a11y_dump (ZabTestAccessible *root)
{
  GString *out = g_string_new (NULL);

  append_tree (out, root, 0);
  return g_string_free (out, FALSE);
}

/* Or -1. */
static int
find_action (Action *actions, const char *action)
{
  const int n_actions = actions ? atspi_action_get_n_actions (actions, NULL) : 0;

  for (int i = 0; i < n_actions; i++)
    {
      g_autofree char *name = atspi_action_get_action_name (actions, i, NULL);

      if (!action || g_strcmp0 (name, action) == 0)
        return i;
    }
  return -1;
}

gboolean
zab_test_a11y_has_action (ZabTestAccessible *accessible, const char *action)
{
  g_autoptr (Action) actions = atspi_accessible_get_action_iface (accessible);

  return find_action (actions, action) >= 0;
}

gboolean
zab_test_a11y_do (ZabTestAccessible *accessible, const char *action, GError **error)
{
  g_autoptr (Action) actions = atspi_accessible_get_action_iface (accessible);
  const int i = find_action (actions, action);

  return i >= 0 ? atspi_action_do_action (actions, i, error)
                : fail (error, "it has no such action");
}

gboolean
zab_test_a11y_set_value (ZabTestAccessible *accessible, double value, GError **error)
{
  g_autoptr (Value) iface = atspi_accessible_get_value_iface (accessible);

  return iface ? atspi_value_set_current_value (iface, value, error)
               : fail (error, "it has no value");
}

double
zab_test_a11y_get_value (ZabTestAccessible *accessible)
{
  g_autoptr (Value) iface = atspi_accessible_get_value_iface (accessible);

  g_assert_nonnull (iface);
  return atspi_value_get_current_value (iface, NULL);
}

gboolean
zab_test_a11y_set_text (ZabTestAccessible *accessible, const char *text, GError **error)
{
  g_autoptr (EditableText) iface = atspi_accessible_get_editable_text_iface (accessible);

  return iface ? atspi_editable_text_set_text_contents (iface, text, error)
               : fail (error, "its text cannot be edited");
}

gboolean
zab_test_a11y_get_middle (ZabTestAccessible *accessible, int *x, int *y)
{
  g_autoptr (Component) component = atspi_accessible_get_component_iface (accessible);
  AtspiRect *rect
      = component ? atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL) : NULL;

  if (!rect)
    return FALSE;
  *x = rect->x + rect->width / 2;
  *y = rect->y + rect->height / 2;
  g_free (rect);
  return TRUE;
}
