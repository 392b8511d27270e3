/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The waveform editor on a touch screen: two fingers zoom, and what one has hold of it lets go. */
#include "lib/zab-test-fingers.h"
#include "ui/zab-test-waveform.h"

typedef struct
{
  ZabTestFingers *fingers;
  ZabTestApp      app;
  int             x, y; /* the middle of the waveform */
} Fixture;

enum
{
  SECONDS = 10
};

static const double PIXEL = 0.0125; /* s, of the whole */

static void
set_up (Fixture *self)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = zab_test_app_write_wav (dir, "sine.wav", SECONDS);

  *self = (Fixture){ .fingers = zab_test_fingers_new () };
  zab_test_app_start (&self->app, (const char *[]){ "900", "240", "loop", path, NULL });
  zab_test_app_wait_described (&self->app, "Waveform", "Shows 0:00.000 to 0:10.000 of 0:10.000");
  zab_test_app_locate (&self->app, "Waveform", &self->x, &self->y);
}

static void
tear_down (Fixture *self)
{
  zab_test_app_stop (&self->app);
  zab_test_fingers_free (self->fingers);
}

static void
put_down (Fixture *self, guint finger, int dx)
{
  zab_test_fingers_down (self->fingers, finger, self->x + dx, self->y);
}

static void
slide (Fixture *self, guint finger, int dx)
{
  zab_test_fingers_move (self->fingers, finger, self->x + dx, self->y);
}

static void
lift (Fixture *self, guint finger, int dx)
{
  zab_test_fingers_up (self->fingers, finger, self->x + dx, self->y);
}

/* Fingers that go twice as far from each other see half, about the same middle; back, all of it. */
static void
test_pinch (void)
{
  Fixture self;

  set_up (&self);
  put_down (&self, 1, -100);
  put_down (&self, 2, 100);
  slide (&self, 1, -200);
  slide (&self, 2, 200);
  zab_test_wait_until (zab_test_waveform_shows (&self.app, 2.5, 7.5, PIXEL));
  slide (&self, 1, -100);
  slide (&self, 2, 100);
  zab_test_wait_until (zab_test_waveform_shows (&self.app, 0, SECONDS, PIXEL));
  lift (&self, 1, -100);
  lift (&self, 2, 100);
  tear_down (&self);
}

/* A finger on a point would drag it; with a second one it zooms instead, and the point stays. */
static void
test_point (void)
{
  Fixture self;
  int     end, y;

  set_up (&self);
  zab_test_app_locate (&self.app, "slider:End", &end, &y);
  end -= 2; /* its line is the first pixel beside the waveform */
  zab_test_fingers_down (self.fingers, 1, end, y);
  zab_test_fingers_down (self.fingers, 2, end - 100, y);
  zab_test_fingers_move (self.fingers, 2, end - 200, y);
  zab_test_wait_until (zab_test_waveform_shows (&self.app, SECONDS / 2.0, SECONDS, 4 * PIXEL));
  zab_test_fingers_move (self.fingers, 1, end - 100, y);
  zab_test_wait_until (zab_test_waveform_shows (&self.app, 0, SECONDS, PIXEL));
  zab_test_fingers_up (self.fingers, 2, end - 200, y);
  zab_test_fingers_up (self.fingers, 1, end - 100, y);
  g_assert_cmpfloat (zab_test_waveform_get_value (&self.app, "slider:End"), ==, SECONDS);
  tear_down (&self);
}

/* One alone takes it along, once it is plain that it moves. */
static void
test_drag (void)
{
  Fixture self;
  int     end, y;

  set_up (&self);
  zab_test_app_locate (&self.app, "slider:End", &end, &y);
  end -= 2;
  zab_test_fingers_down (self.fingers, 1, end, y);
  zab_test_fingers_move (self.fingers, 1, end - 3, y);
  zab_test_fingers_move (self.fingers, 1, end - 200, y);
  zab_test_wait_until (zab_test_waveform_get_value (&self.app, "slider:End") < SECONDS - 2);
  zab_test_fingers_move (self.fingers, 1, end - 2, y);
  zab_test_wait_until (zab_test_waveform_get_value (&self.app, "slider:End") > SECONDS - 1);
  zab_test_fingers_up (self.fingers, 1, end - 2, y);
  g_assert_true (zab_test_waveform_shows (&self.app, 0, SECONDS, PIXEL));
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/ui/waveform-touch/pinch", test_pinch);
  zab_test_add ("/ui/waveform-touch/point", test_point);
  zab_test_add ("/ui/waveform-touch/drag", test_drag);
  return g_test_run ();
}
