/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real window on a touch screen: any number of fingers play, one that holds asks for a menu. */
#include <linux/input-event-codes.h>

#include "lib/zab-test-fingers.h"
#include "ui/zab-test-app.h"

typedef struct
{
  ZabTestFingers *fingers;
  ZabTestApp      app;
} Fixture;

static void
wait_shown (Fixture *self, const char *what)
{
  g_object_unref (zab_test_app_wait (&self->app, what));
}

static void
set_up (Fixture *self)
{
  *self = (Fixture){ .fingers = zab_test_fingers_new () };
  zab_test_app_start (&self->app, (const char *[]){ NULL });
  zab_test_app_open_gates (&self->app);
  wait_shown (self, "Pad A1, a, ready");
  wait_shown (self, "Pad A2, a, ready");
  wait_shown (self, "label:Sound is on");
}

static void
tear_down (Fixture *self)
{
  zab_test_app_stop (&self->app);
  zab_test_fingers_free (self->fingers);
}

static void
put_down (Fixture *self, guint finger, const char *what)
{
  int x, y;

  zab_test_app_locate (&self->app, what, &x, &y);
  zab_test_fingers_down (self->fingers, finger, x, y);
}

static void
lift (Fixture *self, guint finger, const char *what)
{
  int x, y;

  zab_test_app_locate (&self->app, what, &x, &y);
  zab_test_fingers_up (self->fingers, finger, x, y);
}

static void
tap (Fixture *self, const char *what)
{
  int x, y;

  zab_test_app_locate (&self->app, what, &x, &y);
  zab_test_fingers_down (self->fingers, 1, x, y);
  zab_test_fingers_up (self->fingers, 1, x, y);
}

/* Each finger plays the pad that it is on, for as long as it is there. */
static void
test_two_pads (void)
{
  Fixture self;

  set_up (&self);
  put_down (&self, 1, "Pad A1, a, ready");
  wait_shown (&self, "Pad A1, a, playing");
  put_down (&self, 2, "Pad A2, a, ready");
  wait_shown (&self, "Pad A2, a, playing");
  wait_shown (&self, "Pad A1, a, playing");
  lift (&self, 1, "Pad A1, a, playing");
  wait_shown (&self, "Pad A1, a, ready");
  wait_shown (&self, "Pad A2, a, playing");
  put_down (&self, 3, "Pad A1, a, ready");
  wait_shown (&self, "Pad A1, a, playing");
  lift (&self, 2, "Pad A2, a, playing");
  wait_shown (&self, "Pad A2, a, ready");
  wait_shown (&self, "Pad A1, a, playing");
  lift (&self, 3, "Pad A1, a, playing");
  wait_shown (&self, "Pad A1, a, ready");
  tear_down (&self);
}

/* A roll takes two fingers on one pad: it sounds until the last has gone. */
static void
test_one_pad (void)
{
  Fixture self;

  set_up (&self);
  put_down (&self, 1, "Pad A2, a, ready");
  wait_shown (&self, "Pad A2, a, playing");
  put_down (&self, 2, "Pad A2, a, playing");
  lift (&self, 1, "Pad A2, a, playing");
  put_down (&self, 1, "Pad A1, a, ready");
  wait_shown (&self, "Pad A1, a, playing"); /* the finger that went up was seen before */
  wait_shown (&self, "Pad A2, a, playing");
  lift (&self, 2, "Pad A2, a, playing");
  wait_shown (&self, "Pad A2, a, ready");
  lift (&self, 1, "Pad A1, a, playing");
  wait_shown (&self, "Pad A1, a, ready");
  tear_down (&self);
}

/* Fingers have no Control key: in edit mode each tap adds or takes away, and one that stays opens
 * the menu. None of them plays. */
static void
test_edit (void)
{
  Fixture self;

  set_up (&self);
  tap (&self, "Edit Pads");
  wait_shown (&self, "Pad A1, a, ready, selected");
  tap (&self, "Pad A2, a, ready");
  wait_shown (&self, "Pad A2, a, ready, selected");
  wait_shown (&self, "Pad A1, a, ready, selected");
  tap (&self, "Pad A1, a, ready, selected");
  wait_shown (&self, "Pad A1, a, ready");
  put_down (&self, 1, "Pad A2, a, ready, selected");
  wait_shown (&self, "menu:*");
  lift (&self, 1, "Pad A2, a, ready, selected");
  wait_shown (&self, "Pad A2, a, ready, selected");
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/ui/touch/two-pads", test_two_pads);
  zab_test_add ("/ui/touch/one-pad", test_one_pad);
  zab_test_add ("/ui/touch/edit", test_edit);
  return g_test_run ();
}
