/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-test-app.h"

#include <linux/input-event-codes.h>
#include <math.h>
#include <string.h>

#include "lib/zab-test-wav.h"

enum
{
  RATE = 48000
};

static ZabTestAccessible *
find_root (void)
{
  zab_test_a11y_refresh ();
  return zab_test_a11y_find_application ("zabumba");
}

/* What it has been given; 0 x 0 before the first layout. Free it with g_free (). */
static AtspiRect *
get_extents (ZabTestAccessible *accessible)
{
  AtspiComponent *component = atspi_accessible_get_component_iface (accessible);
  AtspiRect      *extents = atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL);

  g_object_unref (component);
  return extents;
}

static gboolean
is_laid_out (ZabTestAccessible *accessible)
{
  g_autofree AtspiRect *extents = get_extents (accessible);

  return extents != NULL && extents->width > 0;
}

/* The window's frame has the same width at each side; a11y counts from the content's corner, and
 * from GTK 4.10 on from somewhat beside it. */
static void
find_corner (ZabTestApp *self)
{
  g_autoptr (ZabTestAccessible) frame = zab_test_app_wait (self, "frame:Zabumba");
  g_autoptr (ZabTestAccessible) child = atspi_accessible_get_child_at_index (frame, 0, NULL);
  g_autofree AtspiRect *content = NULL;
  int                   width, height;

  zab_test_wait_until (is_laid_out (child));
  content = get_extents (child);
  zab_test_input_place (self->input, self->window);
  zab_test_input_get_geometry (self->input, self->window, &self->x, &self->y, &width, &height);
  self->x += (width - content->width) / 2 - content->x;
  self->y += (height - content->height) / 2 - content->y;
}

void
zab_test_app_start (ZabTestApp *self, const char *const *arguments)
{
  g_autoptr (GPtrArray) command = g_ptr_array_new ();
  g_autofree char *fresh = self->state == NULL ? zab_test_make_dir () : NULL;

  g_setenv ("XDG_STATE_HOME", self->state != NULL ? self->state : fresh, TRUE);
  g_ptr_array_add (command, (gpointer)g_getenv ("ZAB_TEST_ZABUMBA"));
  for (; *arguments; arguments++)
    g_ptr_array_add (command, (gpointer)*arguments);
  g_ptr_array_add (command, NULL);
  zab_test_a11y_init ();
  self->input = zab_test_input_new ();
  self->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  self->process = zab_test_process_new ((const char *const *)command->pdata);
  zab_test_wait_until ((self->root = find_root ()));
  if (self->title == NULL)
    {
      zab_test_app_focus_window (self, "Zabumba");
      find_corner (self);
    }
  else
    g_object_unref (zab_test_app_wait (self, self->title));
}

void
zab_test_app_stop (ZabTestApp *self)
{
  g_clear_object (&self->root);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->process, zab_test_process_free);
  g_clear_pointer (&self->input, zab_test_input_free);
}

char *
zab_test_app_write_wav (const char *dir, const char *name, double seconds)
{
  gsize             n = (gsize)(seconds * RATE);
  g_autofree float *frames = g_new (float, n);
  g_autofree char  *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < n; i++)
    frames[i] = (float)(0.1 * sin (2 * G_PI * 220 * (double)i / RATE));
  zab_test_wav_write (path, frames, n, 1, RATE, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

char *
zab_test_app_write_broken_wav (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "RIFF\x04\0\0\0WAVE", 12, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

ZabTestAccessible *
zab_test_app_find (ZabTestApp *self, const char *what)
{
  zab_test_a11y_refresh ();
  return zab_test_a11y_find (self->root, what);
}

gboolean
zab_test_app_shows (ZabTestApp *self, const char *what)
{
  g_autoptr (ZabTestAccessible) found = zab_test_app_find (self, what);

  return found != NULL;
}

ZabTestAccessible *
zab_test_app_wait (ZabTestApp *self, const char *what)
{
  ZabTestAccessible *found = NULL;
  guint              tick = zab_test_begin_wait (what, G_STRLOC);

  while ((found = zab_test_app_find (self, what)) == NULL)
    zab_test_wait ();
  zab_test_end_wait (tick);
  return found;
}

void
zab_test_app_do (ZabTestApp *self, const char *what, const char *action)
{
  g_autoptr (ZabTestAccessible) found = zab_test_app_wait (self, what);
  g_autoptr (GError) error = NULL;

  zab_test_a11y_do (found, action, &error);
  g_assert_no_error (error);
}

static gboolean
is_described (ZabTestApp *self, const char *what, const char *part)
{
  g_autoptr (ZabTestAccessible) found = zab_test_app_find (self, what);
  g_autofree char *text = found ? atspi_accessible_get_description (found, NULL) : NULL;

  return text && strstr (text, part);
}

void
zab_test_app_wait_described (ZabTestApp *self, const char *what, const char *part)
{
  guint tick = zab_test_begin_wait (part, G_STRLOC);

  while (!is_described (self, what, part))
    zab_test_wait ();
  zab_test_end_wait (tick);
}

void
zab_test_app_locate (ZabTestApp *self, const char *what, int *x, int *y)
{
  g_autoptr (ZabTestAccessible) found = zab_test_app_wait (self, what);

  zab_test_wait_until (is_laid_out (found));
  g_assert_true (zab_test_a11y_get_middle (found, x, y));
  *x += self->x;
  *y += self->y;
}

void
zab_test_app_click (ZabTestApp *self, const char *what)
{
  int x, y;

  zab_test_app_locate (self, what, &x, &y);
  zab_test_input_click (self->input, x, y);
}

void
zab_test_app_focus_window (ZabTestApp *self, const char *title)
{
  gulong window = 0;

  zab_test_wait_until ((window = zab_test_input_find_window (self->input, title)));
  zab_test_input_focus (self->input, window);
  self->window = window;
}

static guint
get_key (char c)
{
  static const char  rows[] = "1234567890-=qwertyuiop[]asdfghjkl;'`\\zxcvbnm,./";
  static const guint keys[]
      = { KEY_1,         KEY_2, KEY_3,     KEY_4,         KEY_5,          KEY_6,
          KEY_7,         KEY_8, KEY_9,     KEY_0,         KEY_MINUS,      KEY_EQUAL,
          KEY_Q,         KEY_W, KEY_E,     KEY_R,         KEY_T,          KEY_Y,
          KEY_U,         KEY_I, KEY_O,     KEY_P,         KEY_LEFTBRACE,  KEY_RIGHTBRACE,
          KEY_A,         KEY_S, KEY_D,     KEY_F,         KEY_G,          KEY_H,
          KEY_J,         KEY_K, KEY_L,     KEY_SEMICOLON, KEY_APOSTROPHE, KEY_GRAVE,
          KEY_BACKSLASH, KEY_Z, KEY_X,     KEY_C,         KEY_V,          KEY_B,
          KEY_N,         KEY_M, KEY_COMMA, KEY_DOT,       KEY_SLASH };
  const char *at = strchr (rows, g_ascii_tolower (c));

  g_assert_true (at && *at);
  return keys[at - rows];
}

/* @editable: in an entry. A window that is not active may have a focus of its own. */
static ZabTestAccessible *
find_focused (ZabTestAccessible *below, gboolean editable)
{
  int n = atspi_accessible_get_child_count (below, NULL);

  if (zab_test_a11y_has_state (below, ATSPI_STATE_FOCUSED)
      && (!editable || zab_test_a11y_has_state (below, ATSPI_STATE_EDITABLE)))
    return g_object_ref (below);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (ZabTestAccessible) child = atspi_accessible_get_child_at_index (below, i, NULL);
      ZabTestAccessible *found = child ? find_focused (child, editable) : NULL;

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
has_focus_below (ZabTestApp *self, const char *what)
{
  g_autoptr (ZabTestAccessible) top = zab_test_app_find (self, what);
  g_autoptr (ZabTestAccessible) focused = top ? find_focused (top, FALSE) : NULL;

  return focused != NULL;
}

void
zab_test_app_wait_focus (ZabTestApp *self, const char *what)
{
  zab_test_wait_until (has_focus_below (self, what));
}

static gboolean
is_typed (ZabTestApp *self, const char *text)
{
  g_autoptr (ZabTestAccessible) focused = NULL;
  AtspiText       *iface;
  g_autofree char *typed = NULL;

  zab_test_a11y_refresh ();
  focused = find_focused (self->root, TRUE);
  iface = focused ? atspi_accessible_get_text_iface (focused) : NULL;
  if (iface == NULL)
    return FALSE;
  typed = atspi_text_get_text (iface, 0, atspi_text_get_character_count (iface, NULL), NULL);
  g_object_unref (iface);
  return g_strcmp0 (typed, text) == 0;
}

static void
type_key (ZabTestApp *self, char c)
{
  if (g_ascii_isupper (c))
    zab_test_app_chord (self, KEY_LEFTSHIFT, get_key (c));
  else
    zab_test_input_key (self->input, get_key (c));
}

static gboolean
is_entry_focused (ZabTestApp *self)
{
  g_autoptr (ZabTestAccessible) entry = NULL;

  zab_test_a11y_refresh ();
  entry = find_focused (self->root, TRUE);
  return entry != NULL;
}

/* A chooser that is still reading its folder may not listen yet, or empty its entry when it is
 * done: like a hand, this tries again, over what is there. */
static gboolean
is_typed_at_last (ZabTestApp *self, const char *text, guint *n)
{
  if (is_typed (self, text))
    return TRUE;
  if (++*n % 64 != 0)
    return FALSE;
  if (is_entry_focused (self))
    zab_test_app_chord (self, KEY_LEFTCTRL, KEY_A);
  for (const char *c = text; *c; c++)
    type_key (self, *c);
  return FALSE;
}

/* The first key may be what opens the entry: it must be there before the others come. */
void
zab_test_app_type (ZabTestApp *self, const char *text)
{
  const char first[2] = { text[0], '\0' };
  guint      n = 0;

  type_key (self, text[0]);
  zab_test_wait_until (is_typed_at_last (self, first, &n));
  for (const char *c = text + 1; *c; c++)
    type_key (self, *c);
  zab_test_wait_until (is_typed_at_last (self, text, &n));
}

/* The chooser does not listen to Enter while it reads its folder: like a hand, this tries again. */
static gboolean
is_confirmed (ZabTestApp *self, const char *title)
{
  static guint n;

  if (!zab_test_input_find_window (self->input, title))
    return TRUE;
  if (n++ % 32 == 0)
    zab_test_input_key (self->input, KEY_ENTER);
  return FALSE;
}

void
zab_test_app_confirm (ZabTestApp *self, const char *title)
{
  zab_test_wait_until (is_confirmed (self, title));
}

void
zab_test_app_chord (ZabTestApp *self, guint modifier, guint key)
{
  zab_test_input_key_down (self->input, modifier);
  zab_test_input_key (self->input, key);
  zab_test_input_key_up (self->input, modifier);
}

static GVariant *
call (ZabTestApp *self, const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply;

  reply = g_dbus_connection_call_sync (self->bus, "io.github.zabumba.Zabumba",
                                       "/io/github/zabumba/Zabumba", "org.gtk.Actions", method,
                                       parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  return reply;
}

void
zab_test_app_activate (ZabTestApp *self, const char *action, GVariant *parameter)
{
  GVariantBuilder parameters, platform_data;
  g_autoptr (GVariant) reply = NULL;

  g_variant_builder_init (&parameters, G_VARIANT_TYPE ("av"));
  g_variant_builder_init (&platform_data, G_VARIANT_TYPE_VARDICT);
  if (parameter)
    g_variant_builder_add (&parameters, "v", parameter);
  reply
      = call (self, "Activate", g_variant_new ("(sava{sv})", action, &parameters, &platform_data));
}

#define GATE(pad)                                                                                  \
  "{\"pad\":\"" pad "\",\"mode\":\"gate\",\"file\":{\"uri\":\"file:///nowhere/a.wav\","            \
  "\"relative\":\"a.wav\"}}"

void
zab_test_app_open_gates (ZabTestApp *self)
{
  static const char set[]
      = "{\"format\":\"zabumba-set\",\"version\":2,\"pads\":[" GATE ("A1") "," GATE ("A2") "]}";
  g_autofree char       *dir = zab_test_make_dir ();
  g_autofree char       *path = g_build_filename (dir, "gates.zabset", NULL);
  g_autofree char *sound G_GNUC_UNUSED = zab_test_app_write_wav (dir, "a.wav", 60);
  g_autofree char       *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GVariant) reply = NULL;

  g_assert_true (g_file_set_contents (path, set, -1, NULL));
  reply = g_dbus_connection_call_sync (
      self->bus, "io.github.zabumba.Zabumba", "/io/github/zabumba/Zabumba",
      "org.freedesktop.Application", "Open",
      g_variant_new ("(@asa{sv})", g_variant_new_strv ((const char *[]){ uri }, 1), NULL), NULL,
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (reply);
  zab_test_wait_until (zab_test_app_get_state (self, "n-ready") == 2);
}

void
zab_test_app_load_uri (ZabTestApp *self, guint pad, const char *uri)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply G_GNUC_UNUSED = g_dbus_connection_call_sync (
      self->bus, "io.github.zabumba.Zabumba", "/io/github/zabumba/Zabumba",
      "io.github.zabumba.Zabumba.Pads1", "LoadPad", g_variant_new ("(us)", pad, uri), NULL,
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

static gboolean
has_sound (ZabTestApp *self)
{
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      self->bus, "io.github.zabumba.Zabumba", "/io/github/zabumba/Zabumba",
      "org.freedesktop.DBus.Properties", "Get",
      g_variant_new ("(ss)", "io.github.zabumba.Zabumba.Pads1", "HasSound"), G_VARIANT_TYPE ("(v)"),
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);

  if (reply == NULL) /* not yet there */
    return FALSE;
  g_variant_get (reply, "(v)", &value);
  return g_variant_get_boolean (value);
}

void
zab_test_app_wait_sound (ZabTestApp *self)
{
  zab_test_wait_until (has_sound (self));
}

guint
zab_test_app_get_state (ZabTestApp *self, const char *action)
{
  g_autoptr (GVariant) reply = call (self, "Describe", g_variant_new ("(s)", action));
  g_autoptr (GVariant) description = g_variant_get_child_value (reply, 0);
  g_autoptr (GVariant) states = g_variant_get_child_value (description, 2);
  g_autoptr (GVariant) state = NULL;

  g_variant_get_child (states, 0, "v", &state);
  return g_variant_get_uint32 (state);
}

ZabTestProcess *
zab_test_app_start_source (const char *const *paths)
{
  g_autoptr (GPtrArray) command = g_ptr_array_new ();
  ZabTestProcess *source;

  g_ptr_array_add (command, (gpointer)g_getenv ("ZAB_TEST_DRAG_SOURCE"));
  g_ptr_array_add (command, (gpointer) "1100");
  g_ptr_array_add (command, (gpointer) "800");
  for (; *paths; paths++)
    g_ptr_array_add (command, (gpointer)*paths);
  g_ptr_array_add (command, NULL);
  source = zab_test_process_new ((const char *const *)command->pdata);
  zab_test_process_expect (source, "ready");
  return source;
}

/* The pointer trembles a little: a drag begins, and a target answers, at the next move. */
static gboolean
is_at (ZabTestApp *self, int x, int y, const char *state)
{
  static int tremble;

  zab_test_input_move (self->input, x + (++tremble & 1), y);
  return zab_test_input_find_window (self->input, state) != 0;
}

void
zab_test_app_drop (ZabTestApp *self, ZabTestProcess *source, const char *what)
{
  g_autofree char *dropped = NULL;
  int              x, y;

  zab_test_app_locate (self, what, &x, &y);
  zab_test_input_move (self->input, 1150, 850);
  zab_test_input_press (self->input, 1);
  zab_test_wait_until (is_at (self, 1150, 880, "Dragging"));
  zab_test_wait_until (is_at (self, x, y, "Accepted"));
  zab_test_input_release (self->input, 1);
  dropped = zab_test_process_read_line (source);
  g_assert_cmpstr (dropped, ==, "dropped");
}
