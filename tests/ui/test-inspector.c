/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real window: each setting of a pad is changed in the inspector, found in the set, and undone.
 */
#include <linux/input-event-codes.h>
#include <math.h>
#include <string.h>

#include "ui/zab-test-app.h"

typedef struct
{
  ZabTestApp app;
  char      *set; /* a path */
} Fixture;

static void
wait_shown (Fixture *self, const char *what)
{
  g_object_unref (zab_test_app_wait (&self->app, what));
}

static void
write_set (const char *path)
{
  static const char text[] = "{\"format\":\"zabumba-set\",\"version\":2,\"pads\":["
                             "{\"pad\":\"A1\",\"name\":\"one\","
                             "\"file\":{\"relative\":\"one.wav\","
                             "\"uri\":\"file:///no\"}},"
                             "{\"pad\":\"A2\",\"name\":\"two\","
                             "\"file\":{\"relative\":\"two.wav\","
                             "\"uri\":\"file:///no\"}}]}";
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
open_set (Fixture *self)
{
  g_autofree char *uri = g_filename_to_uri (self->set, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply G_GNUC_UNUSED = g_dbus_connection_call_sync (
      self->app.bus, "io.github.zabumba.Zabumba", "/io/github/zabumba/Zabumba",
      "org.freedesktop.Application", "Open",
      g_variant_new ("(^asa{sv})", (const char *[]){ uri, NULL }, NULL), NULL,
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

/* Two presses are a double one, however long the machine takes for them. */
static void
stretch_double_click (void)
{
  g_autofree char *path
      = g_build_filename (g_get_home_dir (), ".config", "gtk-4.0", "settings.ini", NULL);
  g_autoptr (GKeyFile) settings = g_key_file_new ();

  g_assert_true (g_key_file_load_from_file (settings, path, G_KEY_FILE_NONE, NULL));
  g_key_file_set_integer (settings, "Settings", "gtk-double-click-time", 60000);
  g_assert_true (g_key_file_save_to_file (settings, path, NULL));
}

/* A set of two pads that has a file, so that it can be saved without a word; the inspector shows
 * the first. */
static void
start (Fixture *self)
{
  g_autofree char     *dir = zab_test_make_dir ();
  g_autofree char *one G_GNUC_UNUSED = zab_test_app_write_wav (dir, "one.wav", 1);
  g_autofree char *two G_GNUC_UNUSED = zab_test_app_write_wav (dir, "two.wav", 1);

  *self = (Fixture){ .set = g_build_filename (dir, "mine.zabset", NULL) };
  write_set (self->set);
  zab_test_app_start (&self->app, (const char *[]){ NULL });
  open_set (self);
  zab_test_wait_until (zab_test_app_get_state (&self->app, "n-ready") == 2);
  zab_test_input_key (self->app.input, KEY_F9);
  wait_shown (self, "slider:Gain");
}

static int
get_y (Fixture *self, const char *what)
{
  int x, y;

  zab_test_app_locate (&self->app, what, &x, &y);
  return y;
}

/* With what comes, the rest makes room: nothing is pressed before. */
static void
start_with_more (Fixture *self)
{
  start (self);
  zab_test_app_do (&self->app, "push button:More", NULL);
  zab_test_wait_until (get_y (self, "slider:Attack") > get_y (self, "slider:Gain"));
}

static void
stop (Fixture *self)
{
  zab_test_app_stop (&self->app);
  g_free (self->set);
}

static gboolean
set_says (Fixture *self, const char *part)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (self->set, &text, NULL, NULL) && strstr (text, part) != NULL;
}

/* An edit comes by its own way, so that it can be later than the wish to save. */
static void
save (Fixture *self)
{
  wait_shown (self, "frame:• mine – Zabumba");
  zab_test_app_activate (&self->app, "save", NULL);
  wait_shown (self, "frame:mine – Zabumba");
}

static void
assert_saved (Fixture *self, const char *part)
{
  save (self);
  g_assert_true (set_says (self, part));
}

static gboolean
is_at (Fixture *self, const char *slider, double value)
{
  g_autoptr (ZabTestAccessible) found = zab_test_app_find (&self->app, slider);

  return found != NULL && fabs (zab_test_a11y_get_value (found) - value) < 1e-6;
}

static void
wait_at (Fixture *self, const char *slider, double value)
{
  zab_test_wait_until (is_at (self, slider, value));
}

static double
get_at (Fixture *self, const char *slider)
{
  g_autoptr (ZabTestAccessible) found = zab_test_app_wait (&self->app, slider);

  return zab_test_a11y_get_value (found);
}

static void
set_to (Fixture *self, const char *slider, double value)
{
  g_autoptr (ZabTestAccessible) found = zab_test_app_wait (&self->app, slider);
  g_autoptr (GError) error = NULL;

  zab_test_a11y_set_value (found, value, &error);
  g_assert_no_error (error);
}

static void
undo (Fixture *self)
{
  zab_test_app_chord (&self->app, KEY_LEFTCTRL, KEY_Z);
}

static void
tab_to (Fixture *self, const char *what)
{
  zab_test_input_key (self->app.input, KEY_TAB);
  zab_test_app_wait_focus (&self->app, what);
}

/* The wheel scrolls, and changes nothing on its way. */
static void
scroll_to (Fixture *self, const char *what)
{
  int x, y;

  zab_test_app_locate (&self->app, "slider:Mid", &x, &y);
  zab_test_input_move (self->app.input, x, y);
  for (y = get_y (self, what); y > 660; y = get_y (self, what))
    {
      zab_test_input_press (self->app.input, 5);
      zab_test_input_release (self->app.input, 5);
      zab_test_wait_until (get_y (self, what) < y);
    }
}

/* As a hand does it: the whole of what is there makes way. */
static void
type_into (Fixture *self, const char *entry, const char *text)
{
  scroll_to (self, entry);
  zab_test_app_click (&self->app, entry);
  zab_test_app_wait_focus (&self->app, entry);
  zab_test_app_chord (&self->app, KEY_LEFTCTRL, KEY_A);
  zab_test_app_type (&self->app, text);
  zab_test_input_key (self->app.input, KEY_ENTER);
}

static void
press (Fixture *self, const char *what)
{
  scroll_to (self, what);
  zab_test_app_click (&self->app, what);
}

static void
open_modes (Fixture *self)
{
  zab_test_app_click (&self->app, "push button:Mode, One-Shot");
  zab_test_app_wait_focus (&self->app, "list:*");
}

static gboolean
has_state (Fixture *self, const char *what, AtspiStateType state)
{
  g_autoptr (ZabTestAccessible) found = zab_test_app_find (&self->app, what);

  return found != NULL && zab_test_a11y_has_state (found, state);
}

static gboolean
is_playing (Fixture *self)
{
  return zab_test_app_shows (&self->app, "Pad A7, empty") /* the tree is there */
         && !zab_test_app_shows (&self->app, "Pad A1, one, ready");
}

/* It comes and goes by its keys, and turns to the pad that was touched last. */
static void
test_follows (void)
{
  Fixture self;

  start (&self);
  wait_shown (&self, "label:A1");
  zab_test_app_click (&self.app, "Pad A2, two, ready");
  wait_shown (&self, "label:A2");
  zab_test_input_key (self.app.input, KEY_3);
  wait_shown (&self, "label:A3");
  zab_test_app_chord (&self.app, KEY_LEFTCTRL, KEY_I);
  zab_test_wait_until (!zab_test_app_shows (&self.app, "slider:Gain"));
  zab_test_input_key (self.app.input, KEY_1);
  zab_test_app_click (&self.app, "Inspector");
  wait_shown (&self, "label:A1");
  stop (&self);
}

/* Every scale: set as a screen reader does, in the set, and back by one step. */
static void
test_scales (void)
{
  static const struct
  {
    const char *slider;
    double      value;
    const char *text;
    const char *saved;
  } scales[] = {
    { "slider:Gain", -20, "label:−20.0 dB", "\"gain\": 0.1" },
    { "slider:Pan", -50, "label:50 % left", "\"pan\": -0.5" },
    { "slider:Speed", 12, "label:2.00×", "\"speed\": 2.0" },
    { "slider:Low", -20, "label:−20.0 dB", "\"eq-low\": 0.1" },
    { "slider:Mid", -20, "label:−20.0 dB", "\"eq-mid\": 0.1" },
    { "slider:High", -60, "label:Off", "\"eq-high\": 0.0" },
    { "slider:Attack", 0.1, "label:10 ms", "\"attack\": 10.0" },
    { "slider:Release", 0.4, "label:640 ms", "\"release\": 640.0" },
  };
  Fixture self;

  start_with_more (&self);
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      const double before = get_at (&self, scales[i].slider);

      set_to (&self, scales[i].slider, scales[i].value);
      wait_shown (&self, scales[i].text);
      assert_saved (&self, scales[i].saved);
      undo (&self);
      wait_at (&self, scales[i].slider, before);
    }
  stop (&self);
}

/* Two presses and Backspace are a way back; a pull is one step to undo. */
static void
test_pull (void)
{
  Fixture self;
  int     x, y;
  double  pulled;

  stretch_double_click ();
  start (&self);
  zab_test_app_locate (&self.app, "slider:Pan", &x, &y);
  set_to (&self, "slider:Pan", 25);
  zab_test_input_click (self.app.input, x - 30, y);
  zab_test_input_click (self.app.input, x - 30, y);
  wait_at (&self, "slider:Pan", 0);
  zab_test_input_drag (self.app.input, x, y, x + 40, y);
  zab_test_wait_until (get_at (&self, "slider:Pan") > 20);
  pulled = get_at (&self, "slider:Pan");
  undo (&self);
  wait_at (&self, "slider:Pan", 0);
  zab_test_app_activate (&self.app, "redo", NULL);
  zab_test_wait_until (get_at (&self, "slider:Pan") > pulled - 1);
  set_to (&self, "slider:Pan", 25);
  open_modes (&self);
  zab_test_input_key (self.app.input, KEY_ESC);
  zab_test_app_wait_focus (&self.app, "push button:Mode, One-Shot");
  tab_to (&self, "slider:Gain");
  tab_to (&self, "slider:Pan");
  zab_test_input_key (self.app.input, KEY_BACKSPACE);
  wait_at (&self, "slider:Pan", 0);
  set_to (&self, "slider:Pan", 25);
  zab_test_app_do (&self.app, "push button:Reset: Pan", NULL);
  wait_at (&self, "slider:Pan", 0);
  stop (&self);
}

/* What is down or not, in the order in which it is scrolled past. */
static void
test_buttons (void)
{
  static const struct
  {
    const char *button;
    const char *saved;
  } buttons[] = {
    { "check box:Green", "\"color\": \"green\"" },
    { "push button:Mute", "\"mute\": true" },
    { "push button:Solo", "\"solo\": true" },
    { "push button:Kill Low", "\"eq-low\": 0.0" },
    { "check box:Backwards", "\"reverse\": true" },
    { "check box:There and Back", "\"ping-pong\": true" },
  };
  Fixture self;

  start_with_more (&self);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      press (&self, buttons[i].button);
      assert_saved (&self, buttons[i].saved);
      undo (&self);
      save (&self);
      g_assert_false (set_says (&self, buttons[i].saved));
    }
  stop (&self);
}

/* A killed band comes back as it was. */
static void
test_kill (void)
{
  Fixture self;

  start_with_more (&self);
  set_to (&self, "slider:Mid", -6);
  wait_at (&self, "slider:Mid", -6);
  zab_test_app_do (&self.app, "push button:Kill Mid", NULL);
  wait_at (&self, "slider:Mid", -60);
  zab_test_app_do (&self.app, "push button:Kill Mid", NULL);
  wait_at (&self, "slider:Mid", -6);
  stop (&self);
}

/* From a list, by keys. A gate can go round; a one-shot has no use for it. */
static void
test_lists (void)
{
  Fixture self;

  start_with_more (&self);
  g_assert_false (has_state (&self, "check box:Goes Round", ATSPI_STATE_SENSITIVE));
  open_modes (&self);
  zab_test_input_key (self.app.input, KEY_DOWN);
  zab_test_input_key (self.app.input, KEY_ENTER);
  wait_shown (&self, "push button:Mode, Gate");
  assert_saved (&self, "\"mode\": \"gate\"");
  zab_test_wait_until (has_state (&self, "check box:Goes Round", ATSPI_STATE_SENSITIVE));
  press (&self, "check box:Goes Round");
  assert_saved (&self, "\"loop\": true");
  undo (&self);
  undo (&self);
  wait_shown (&self, "push button:Mode, One-Shot");
  stop (&self);
}

/* While a name is typed no pad plays; Enter takes it, Escape gives the keys back. */
static void
test_name (void)
{
  Fixture self;

  start (&self);
  zab_test_app_click (&self.app, "text:Name");
  zab_test_app_wait_focus (&self.app, "text:Name");
  zab_test_app_chord (&self.app, KEY_LEFTCTRL, KEY_A);
  zab_test_app_type (&self.app, "q12z");
  zab_test_input_key (self.app.input, KEY_ENTER);
  wait_shown (&self, "Pad A1, q12z, ready");
  assert_saved (&self, "\"name\": \"q12z\"");
  undo (&self);
  wait_shown (&self, "Pad A1, one, ready");
  zab_test_app_chord (&self.app, KEY_LEFTCTRL, KEY_A);
  zab_test_app_type (&self.app, "no");
  zab_test_input_key (self.app.input, KEY_ESC);
  zab_test_app_wait_focus (&self.app, "Pad A1, one, ready");
  zab_test_app_wait_sound (&self.app);
  zab_test_app_do (&self.app, "Pad A1, one, ready", "pad.loop");
  zab_test_input_key (self.app.input, KEY_1);
  zab_test_wait_until (is_playing (&self));
  stop (&self);
}

static char *
get_text (Fixture *self, const char *what)
{
  g_autoptr (ZabTestAccessible) found = zab_test_app_wait (&self->app, what);
  AtspiText *iface = atspi_accessible_get_text_iface (found);
  char *text = atspi_text_get_text (iface, 0, atspi_text_get_character_count (iface, NULL), NULL);

  g_object_unref (iface);
  return text;
}

static gboolean
has_text (Fixture *self, const char *what, const char *text)
{
  g_autofree char *is = get_text (self, what);

  return g_strcmp0 (is, text) == 0;
}

/* Points as numbers: typed, by steps, never beyond the sound. */
static void
test_points (void)
{
  Fixture self;

  start_with_more (&self);
  type_into (&self, "text:Start", ".25");
  zab_test_wait_until (has_text (&self, "text:Start", "0:00.250"));
  assert_saved (&self, "\"start\": 0.25");
  zab_test_input_key (self.app.input, KEY_UP);
  zab_test_wait_until (has_text (&self, "text:Start", "0:00.260"));
  scroll_to (&self, "text:Loop End");
  zab_test_app_click (&self.app, "text:Loop End");
  zab_test_app_wait_focus (&self.app, "text:Loop End");
  zab_test_input_key (self.app.input, KEY_UP);
  zab_test_wait_until (has_text (&self, "text:Loop End", "0:01.000"));
  zab_test_app_chord (&self.app, KEY_LEFTCTRL, KEY_DOWN);
  zab_test_wait_until (has_text (&self, "text:Loop End", "0:00.900"));
  assert_saved (&self, "\"loop-end\": 0.9");
  stop (&self);
}

static void
test_tempo (void)
{
  Fixture self;

  start_with_more (&self);
  type_into (&self, "text:Tempo of the Sound", "97.5");
  assert_saved (&self, "\"tempo\": 97.5");
  undo (&self);
  zab_test_wait_until (has_text (&self, "text:Tempo of the Sound", ""));
  stop (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_a11y_init ();
  zab_test_add ("/ui/inspector/follows", test_follows);
  zab_test_add ("/ui/inspector/scales", test_scales);
  zab_test_add ("/ui/inspector/pull", test_pull);
  zab_test_add ("/ui/inspector/buttons", test_buttons);
  zab_test_add ("/ui/inspector/kill", test_kill);
  zab_test_add ("/ui/inspector/lists", test_lists);
  zab_test_add ("/ui/inspector/name", test_name);
  zab_test_add ("/ui/inspector/points", test_points);
  zab_test_add ("/ui/inspector/tempo", test_tempo);
  return g_test_run ();
}
