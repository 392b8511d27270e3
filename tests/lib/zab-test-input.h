/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Hands and eyes on the X display of with-desktop: real events by XTest, screenshots.
 * Thread: main. Coordinates are pixels of the screen; there is no window manager. */
typedef struct _ZabTestInput ZabTestInput;

ZabTestInput *zab_test_input_new (void);
void          zab_test_input_free (ZabTestInput *self);

/* A mapped top-level window by its title; 0 while there is none. */
gulong zab_test_input_find_window (ZabTestInput *self, const char *title);

/* Gives @window the keyboard; waits until it has it. */
void zab_test_input_focus (ZabTestInput *self, gulong window);

/* Brings a window onto the screen whose corner is not on it: GTK 4.24 lets one that is written from
 * right to left grow to the left, and leaves the place to a window manager. */
void zab_test_input_place (ZabTestInput *self, gulong window);

/* The window's corner and size on the screen, with its shadow. */
void zab_test_input_get_geometry (ZabTestInput *self, gulong window, int *x, int *y, int *width,
                                  int *height);

void zab_test_input_move (ZabTestInput *self, int x, int y);
void zab_test_input_press (ZabTestInput *self, guint button);
void zab_test_input_release (ZabTestInput *self, guint button);
void zab_test_input_click (ZabTestInput *self, int x, int y);

/* Presses button 1 at the first place, goes to the second in small steps, and lets go there. */
void zab_test_input_drag (ZabTestInput *self, int from_x, int from_y, int to_x, int to_y);

/* Keys are physical: @code as in linux/input-event-codes.h (KEY_Q is the key left of KEY_W
 * whatever is printed on it). */
void zab_test_input_key_down (ZabTestInput *self, guint code);
void zab_test_input_key_up (ZabTestInput *self, guint code);
void zab_test_input_key (ZabTestInput *self, guint code);

/* The colour of one pixel, 0xrrggbb. */
guint32 zab_test_input_get_pixel (ZabTestInput *self, int x, int y);

/* The whole screen, as PNG; FALSE and an error that says why not. */
gboolean zab_test_screenshot (const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabTestInput, zab_test_input_free)

G_END_DECLS
