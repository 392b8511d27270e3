/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The settings of an object are its properties that carry this flag. A set remembers them under
 * their names, with the type, range and default of their GParamSpec: a new setting needs nothing
 * but the flag. Booleans, integers, doubles, strings and enumerations (by nick) can be settings. */
#define ZAB_PARAM_SETTING ((GParamFlags)(1u << G_PARAM_USER_SHIFT))

/* Thread: any. */
gboolean zab_settings_has (GType type, const char *name);

/* FALSE, and an error in ZAB_SET_ERROR that begins with @where, when a member of @object has the
 * name of a setting of @type, but a value that it can't have. Thread: any. */
gboolean zab_settings_check (GType type, JsonObject *object, const char *where, GError **error);

/* All settings of @source that are not at their defaults, in the order of their names. Thread:
 * main.
 */
void zab_settings_capture (GObject *source, JsonObject *object);

/* Sets all settings: those that @object (NULL: empty) lacks go to their defaults. Thread: main. */
void zab_settings_apply (GObject *target, JsonObject *object);

/* TRUE where all settings have their defaults. Thread: main. */
gboolean zab_settings_are_default (GObject *source);

G_END_DECLS
