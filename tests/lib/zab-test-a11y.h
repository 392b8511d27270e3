/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <atspi/atspi.h>

G_BEGIN_DECLS

/* A program's accessibility tree, as a screen reader sees it. The program must be another process.
 * Thread: main.
 *
 * @what names one thing that can be seen: "NAME" or "ROLE:NAME", as zab_test_a11y_dump () shows
 * them ("Pad 3", "push button:Pad 3", "text:"), or "ROLE:*". Only what is looked for is transfer
 * full. */

/* libatspi brings no autoptr for its types. */
typedef AtspiAccessible ZabTestAccessible;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabTestAccessible, g_object_unref)

/* Call it in each test, before the others. */
void zab_test_a11y_init (void);

/* The application of that name (in GTK its program name), or NULL while there is none. */
ZabTestAccessible *zab_test_a11y_find_application (const char *name);

/* The first thing that is called @what below @root, or NULL. */
ZabTestAccessible *zab_test_a11y_find (ZabTestAccessible *root, const char *what);

/* The whole tree, one line each: role "name" [states] x,y wxh value, text, actions. */
char *zab_test_a11y_dump (ZabTestAccessible *root);

/* Its name, or what the label says that names it; of those without a name the latter is found as
 * "ROLE:NAME" alone. */
char *zab_test_a11y_dup_name (ZabTestAccessible *accessible);

/* Its states, separated by spaces. */
char    *zab_test_a11y_dup_states (ZabTestAccessible *accessible);
gboolean zab_test_a11y_has_state (ZabTestAccessible *accessible, AtspiStateType state);

gboolean zab_test_a11y_has_action (ZabTestAccessible *accessible, const char *action);

/* Does @action (NULL: its first). */
gboolean zab_test_a11y_do (ZabTestAccessible *accessible, const char *action, GError **error);

gboolean zab_test_a11y_set_value (ZabTestAccessible *accessible, double value, GError **error);
double   zab_test_a11y_get_value (ZabTestAccessible *accessible);
gboolean zab_test_a11y_set_text (ZabTestAccessible *accessible, const char *text, GError **error);

/* The middle of it, from the corner of the window's content (not of its frame or shadow). */
gboolean zab_test_a11y_get_middle (ZabTestAccessible *accessible, int *x, int *y);

/* The cached tree can be older than the program; the next find asks again. */
void zab_test_a11y_refresh (void);

G_END_DECLS
