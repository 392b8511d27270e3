/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lib/zab-test-a11y.h"
#include "lib/zab-test-input.h"
#include "lib/zab-test-process.h"
#include "lib/zab-test.h"

G_BEGIN_DECLS

/* Zabumba itself, on a private desktop: worked by hand and looked at as a screen reader does.
 * Thread: main. */
typedef struct
{
  ZabTestProcess    *process;
  ZabTestInput      *input;
  ZabTestAccessible *root;
  GDBusConnection   *bus;
  gulong             window;
  int                x, y; /* of the window's content on the screen */
  const char *title; /* wait for "frame:TITLE" and no more at the start, as the title is another */
  char       *state; /* XDG_STATE_HOME: a fresh one at each start, unless it is set */
} ZabTestApp;

/* Starts it with @arguments (NULL-terminated), waits for its window and gives it the keyboard. */
void zab_test_app_start (ZabTestApp *self, const char *const *arguments);
void zab_test_app_stop (ZabTestApp *self);

/* A WAV file (its path; transfer full) in @dir: a sine of @seconds. */
char *zab_test_app_write_wav (const char *dir, const char *name, double seconds);

/* What cannot be loaded, though it is called so. */
char *zab_test_app_write_broken_wav (const char *dir, const char *name);

/* What can be seen and is called @what (lib/zab-test-a11y.h); NULL when there is nothing. */
ZabTestAccessible *zab_test_app_find (ZabTestApp *self, const char *what);

/* TRUE when there is something. */
gboolean zab_test_app_shows (ZabTestApp *self, const char *what);

/* Waits until something is called so, and gives it (transfer full). */
ZabTestAccessible *zab_test_app_wait (ZabTestApp *self, const char *what);

/* Waits as above, then does its action. */
void zab_test_app_do (ZabTestApp *self, const char *what, const char *action);

/* Waits until @what is described by a text that holds @part. */
void zab_test_app_wait_described (ZabTestApp *self, const char *what, const char *part);

/* A real click in the middle of @what. */
void zab_test_app_click (ZabTestApp *self, const char *what);

/* Where on the screen the middle of @what is. */
void zab_test_app_locate (ZabTestApp *self, const char *what, int *x, int *y);

/* Waits for a window of that title and gives it the keyboard. */
void zab_test_app_focus_window (ZabTestApp *self, const char *title);

/* Types @text on a US keyboard, and waits until the entry with the focus holds it. */
void zab_test_app_type (ZabTestApp *self, const char *text);

/* Enter, until the window of that title has taken it and gone. */
void zab_test_app_confirm (ZabTestApp *self, const char *title);

/* Waits until something below @what has the focus. */
void zab_test_app_wait_focus (ZabTestApp *self, const char *what);

/* Holds @modifier while it presses @key. */
void zab_test_app_chord (ZabTestApp *self, guint modifier, guint key);

/* A window beside the program's with @paths to drag. */
ZabTestProcess *zab_test_app_start_source (const char *const *paths);

/* Drags them to @what as a hand does it: goes on when it sees that the files came along, lets go
 * when they are welcome. */
void zab_test_app_drop (ZabTestApp *self, ZabTestProcess *source, const char *what);

/* Actions over D-Bus. */
void zab_test_app_activate (ZabTestApp *self, const char *action, GVariant *parameter);

/* Opens a set whose first two pads, A1 and A2, sound while they are held, for longer than a test
 * may take; and waits until they can be played. */
void zab_test_app_open_gates (ZabTestApp *self);

/* Asks for it: newer versions of GTK do not tell the words in a bar that hides. */
void zab_test_app_wait_sound (ZabTestApp *self);

/* Over the pads' own interface. */
void  zab_test_app_load_uri (ZabTestApp *self, guint pad, const char *uri);
guint zab_test_app_get_state (ZabTestApp *self, const char *action);

G_END_DECLS
