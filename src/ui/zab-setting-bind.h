/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Settings of the pad that is the source of @pad, on plain widgets. Thread: main. */

/* An enumeration, whose values the rows (strings) stand for in order, or a number from 0 on.
 * @title is for who does not see; it must stay. */
void zab_setting_bind_enum (GBindingGroup *pad, const char *setting, GtkDropDown *rows,
                            const char *title);
void zab_setting_bind_number (GBindingGroup *pad, const char *setting, GtkDropDown *rows,
                              const char *title);

/* The same for a property of an object that stays, on any list that has "selected". */
void zab_setting_bind_rows (gpointer object, const char *setting, gpointer rows);

/* What the first two do for who does not see, on any list. @title must stay. */
void zab_setting_name_rows (GtkDropDown *rows, const char *title);

/* A boolean, on a button that has "active". */
void zab_setting_bind_active (GBindingGroup *pad, const char *setting, gpointer button);

G_END_DECLS
