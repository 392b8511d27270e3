/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-bundle.h"
#include "model/zab-document.h"
#include "model/zab-preferences.h"
#include "model/zab-session.h"
#include "ui/zab-application.h"
#include "ui/zab-global-shortcuts.h"
#include "ui/zab-mpris.h"
#include "ui/zab-recent-sets.h"
#include "ui/zab-recent-sounds.h"
#include "ui/zab-remote.h"
#include "ui/zab-set-status.h"
#include "ui/zab-window.h"

G_BEGIN_DECLS

struct _ZabApplication
{
  AdwApplication parent_instance;

  ZabSession      *session; /* from startup to shutdown */
  ZabPreferences  *preferences;
  ZabDocument     *document;
  ZabRecentSets   *recent;
  ZabRecentSounds *sounds;
  ZabSetStatus    *status;
  GtkCssProvider  *contrast;    /* over the style where it is wanted */
  GtkWidget       *window;      /* a weak pointer */
  gboolean         may_replace; /* a set that someone else has changed: it was told */
  gboolean         is_drawn;    /* the window's first frame */
  GAsyncResult    *waiting;     /* a set that is read and waits for it, or NULL */
  guint            draw_timer;
  gboolean         asking; /* what to do with what is not saved */

  /* NULL where there is no bus. */
  ZabRemote          *remote;
  ZabMpris           *mpris;
  ZabGlobalShortcuts *shortcuts;
};

/* zab-application-actions.c */
void zab_application_add_actions (ZabApplication *self);

/* zab-application-set.c: the document, its actions, and its name on the window. */
void zab_application_add_document (ZabApplication *self);
void zab_application_name_window (ZabApplication *self);

/* The window can be seen: what waits for that goes on. */
void zab_application_take_waiting (ZabApplication *self);

/* FALSE: something would be lost, and the musician is being asked. */
gboolean zab_application_may_quit (ZabApplication *self);

/* zab-application-bus.c: what the desktop sees. */
void zab_application_add_bus (ZabApplication *self);
void zab_application_remove_bus (ZabApplication *self);

/* zab-application-save.c: where the set was or, where there is no such place or with a @suffix,
 * where the musician chooses. What goes wrong is told or asked about; TRUE when it was saved. */
void     zab_application_save_async (ZabApplication *self, const char *suffix,
                                     GAsyncReadyCallback callback, gpointer user_data);
gboolean zab_application_save_finish (GAsyncResult *result);

/* In passing, as the session's messages are. */
void zab_application_tell (ZabApplication *self, const char *text);

/* zab-application-options.c */
void zab_application_add_options (ZabApplication *self);
int  zab_application_handle_local_options (GApplication *application, GVariantDict *options);

G_END_DECLS
