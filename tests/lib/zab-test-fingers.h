/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A touch screen: an X server of its own (Xorg on a screen that nobody sees), for XTest, and so
 * zab-test-input.h, has no fingers. Its driver for tests, inputtest, passes on what it is told over
 * a socket. Thread: main. Coordinates are pixels of the screen. */
typedef struct _ZabTestFingers ZabTestFingers;

/* From now on, DISPLAY is this screen. */
ZabTestFingers *zab_test_fingers_new (void);
void            zab_test_fingers_free (ZabTestFingers *self);

/* @finger: any number, of a finger that is up, that is down. The server has taken it on return. */
void zab_test_fingers_down (ZabTestFingers *self, guint finger, int x, int y);
void zab_test_fingers_move (ZabTestFingers *self, guint finger, int x, int y);
void zab_test_fingers_up (ZabTestFingers *self, guint finger, int x, int y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabTestFingers, zab_test_fingers_free)

G_END_DECLS
