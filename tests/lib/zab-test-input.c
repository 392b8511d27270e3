/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-test-input.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>

#include "zab-test.h"

enum
{
  X_KEYCODE_OFFSET = 8, /* X's key codes are the kernel's plus 8 */
  DRAG_STEPS = 12,
};

struct _ZabTestInput
{
  Display *display;
  Window   root;
};

/* A window that goes away while it is asked about is no error here. */
static int
on_x_error (Display *display, XErrorEvent *event)
{
  return 0;
}

ZabTestInput *
zab_test_input_new (void)
{
  ZabTestInput *self = g_new0 (ZabTestInput, 1);

  self->display = XOpenDisplay (NULL);
  if (!self->display)
    g_error ("no X display: run the test inside tests/rig/with-desktop");
  self->root = DefaultRootWindow (self->display);
  XSetErrorHandler (on_x_error);
  return self;
}

void
zab_test_input_free (ZabTestInput *self)
{
  XCloseDisplay (self->display);
  g_free (self);
}

static gboolean
is_titled (ZabTestInput *self, Window window, const char *title)
{
  XWindowAttributes attributes;
  char             *name = NULL;
  gboolean          titled;

  if (!XGetWindowAttributes (self->display, window, &attributes)
      || attributes.map_state != IsViewable || !XFetchName (self->display, window, &name))
    return FALSE;
  titled = g_strcmp0 (name, title) == 0;
  XFree (name);
  return titled;
}

gulong
zab_test_input_find_window (ZabTestInput *self, const char *title)
{
  Window root, parent, *children = NULL, found = None;
  guint  n_children = 0;

  if (!XQueryTree (self->display, self->root, &root, &parent, &children, &n_children))
    return None;
  for (guint i = 0; i < n_children && found == None; i++)
    if (is_titled (self, children[i], title))
      found = children[i];
  if (children)
    XFree (children);
  return found;
}

static Window
get_focus (ZabTestInput *self)
{
  Window window;
  int    revert;

  XGetInputFocus (self->display, &window, &revert);
  return window;
}

/* What a window manager does: drags find windows by this mark. */
static void
mark (ZabTestInput *self, Window window)
{
  const long state[2] = { NormalState, None };
  Atom       name = XInternAtom (self->display, "WM_STATE", False);

  XChangeProperty (self->display, window, name, name, 32, PropModeReplace,
                   (const unsigned char *)state, G_N_ELEMENTS (state));
}

void
zab_test_input_focus (ZabTestInput *self, gulong window)
{
  mark (self, window);
  XRaiseWindow (self->display, window);
  XSetInputFocus (self->display, window, RevertToParent, CurrentTime);
  zab_test_wait_until (get_focus (self) == window);
}

void
zab_test_input_get_geometry (ZabTestInput *self, gulong window, int *x, int *y, int *width,
                             int *height)
{
  XWindowAttributes attributes = { 0 };

  g_assert_true (XGetWindowAttributes (self->display, window, &attributes));
  *x = attributes.x;
  *y = attributes.y;
  *width = attributes.width;
  *height = attributes.height;
}

void
zab_test_input_place (ZabTestInput *self, gulong window)
{
  int x, y, width, height;

  zab_test_input_get_geometry (self, window, &x, &y, &width, &height);
  if (x < 0 || y < 0)
    XMoveWindow (self->display, window, MAX (x, 0), MAX (y, 0));
}

void
zab_test_input_move (ZabTestInput *self, int x, int y)
{
  XTestFakeMotionEvent (self->display, -1, x, y, 0);
  XSync (self->display, False);
}

void
zab_test_input_press (ZabTestInput *self, guint button)
{
  XTestFakeButtonEvent (self->display, button, True, 0);
  XSync (self->display, False);
}

void
zab_test_input_release (ZabTestInput *self, guint button)
{
  XTestFakeButtonEvent (self->display, button, False, 0);
  XSync (self->display, False);
}

void
zab_test_input_click (ZabTestInput *self, int x, int y)
{
  zab_test_input_move (self, x, y);
  zab_test_input_press (self, 1);
  zab_test_input_release (self, 1);
}

void
zab_test_input_drag (ZabTestInput *self, int from_x, int from_y, int to_x, int to_y)
{
  zab_test_input_move (self, from_x, from_y);
  zab_test_input_press (self, 1);
  for (int i = 1; i <= DRAG_STEPS; i++)
    zab_test_input_move (self, from_x + (to_x - from_x) * i / DRAG_STEPS,
                         from_y + (to_y - from_y) * i / DRAG_STEPS);
  zab_test_input_release (self, 1);
}

void
zab_test_input_key_down (ZabTestInput *self, guint code)
{
  XTestFakeKeyEvent (self->display, code + X_KEYCODE_OFFSET, True, 0);
  XSync (self->display, False);
}

void
zab_test_input_key_up (ZabTestInput *self, guint code)
{
  XTestFakeKeyEvent (self->display, code + X_KEYCODE_OFFSET, False, 0);
  XSync (self->display, False);
}

void
zab_test_input_key (ZabTestInput *self, guint code)
{
  zab_test_input_key_down (self, code);
  zab_test_input_key_up (self, code);
}

guint32
zab_test_input_get_pixel (ZabTestInput *self, int x, int y)
{
  XImage *image = XGetImage (self->display, self->root, x, y, 1, 1, AllPlanes, ZPixmap);
  gulong  pixel;

  g_assert_nonnull (image);
  pixel = XGetPixel (image, 0, 0);
  XDestroyImage (image);
  return (guint32)(pixel & 0xffffff);
}

gboolean
zab_test_screenshot (const char *path, GError **error)
{
  const char *command[] = { "import", "-window", "root", path, NULL };
  int         status;

  if (!g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                     &status, error))
    {
      g_prefix_error (error, "“import” is missing (package: imagemagick): ");
      return FALSE;
    }
  return g_spawn_check_wait_status (status, error);
}
