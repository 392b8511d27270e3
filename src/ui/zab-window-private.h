/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/zab-inspector.h"
#include "ui/zab-pad-grid.h"
#include "ui/zab-pad-keys.h"
#include "ui/zab-sounds-pane.h"
#include "ui/zab-window.h"

G_BEGIN_DECLS

struct _ZabWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkOverlay      *stage; /* the pads and what lies over them */
  ZabPadGrid      *grid;
  GtkPaned        *split;
  ZabInspector    *inspector;
  GtkAdjustment   *volume;
  GMenu           *recent_menu;
  GtkWidget       *menu_button;
  GtkWidget       *volume_slider;
  GtkWidget       *volume_popover_slider;
  GtkRevealer     *no_sound;
  GtkWidget       *loads;

  ZabSoundsPane *sounds;        /* NULL before the preferences are known */
  GtkWidget     *beside_sounds; /* the pads and what is with them */

  ZabSession   *session;
  ZabDocument  *document;
  ZabSetStatus *status;
  GFile        *folder;         /* where the last sounds came from */
  gboolean      narrow;         /* as a phone: the banks go below the pads */
  gboolean      low;            /* as a phone on its side: what is not the pads goes */
  guint         fold_idle;      /* a change of narrow or low that waits for the end of the layout */
  guint         no_sound_timer; /* tells that there is no sound unless it comes soon */

  gboolean held[ZAB_PAD_KEYS_N]; /* keys that are down, by position */
  int      layout;               /* number of the keyboard layout in use */

  gboolean show_inspector;
  guint    follow_idle; /* the inspector is to turn to the selected pad */

  AdwToast *undo_toast; /* as long as it can be seen and what it undoes is the last step; or NULL */
  guint64   undo_step;  /* the document's, that it undoes */
};

/* zab-window-keys.c: the keys that play pads, and Escape. */
void zab_window_add_keys (ZabWindow *self);

/* All keys that play pads count as up. */
void zab_window_release_keys (ZabWindow *self);

/* zab-window-files.c: the chooser and the clipboard. */
void zab_window_install_actions (GtkWidgetClass *widget_class);

/* zab-window-edit.c: edit mode, and clearing with a way back. */
void zab_window_install_edit_actions (GtkWidgetClass *widget_class);
void zab_window_add_edit (ZabWindow *self);
void zab_window_remove_edit (ZabWindow *self);

/* The selected pad when it is empty, or else the first empty one from its bank's first on. */
guint zab_window_get_free_pad (ZabWindow *self);

/* zab-window-sounds.c: once, the sounds pane beside the pads. */
void zab_window_add_sounds (ZabWindow *self, ZabPreferences *preferences, ZabRecentSounds *recent);

/* zab-window-inspector.c: what can be set of the selected pad, beside the pads, below them, or in
 * their place where there is room for one only. */
void     zab_window_install_inspector_actions (GtkWidgetClass *widget_class);
void     zab_window_add_inspector (ZabWindow *self);
void     zab_window_remove_inspector (ZabWindow *self);
void     zab_window_set_show_inspector (ZabWindow *self, gboolean show);
gboolean zab_window_is_inspector_placed (ZabWindow *self);
void     zab_window_place_inspector (ZabWindow *self);

/* The focus goes back to the pads, if it is in the inspector. */
void zab_window_leave_inspector (ZabWindow *self);

G_END_DECLS
