/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real window: sets are made, saved, opened in each way there is, and never lost. */
#include <glib/gstdio.h>
#include <linux/input-event-codes.h>
#include <string.h>

#include "ui/zab-test-app.h"

typedef struct
{
  ZabTestApp app;
  char      *dir;
  char      *set; /* a path in dir */
} Fixture;

/* Asks a program of its own to look: when a dialog goes, GTK 4.8 says that the whole application
 * does, and libatspi believes it for as long as it lives. */
static gboolean
look (const char *command, const char *what, const char *action)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
      g_getenv ("ZAB_TEST_TREE"), "zabumba", command, what, action, NULL);

  g_assert_no_error (error);
  return g_subprocess_wait_check (process, NULL, NULL);
}

static gboolean
shows (const char *what)
{
  return look ("has", what, NULL);
}

static void
wait_shown (Fixture *self, const char *what)
{
  zab_test_wait_until (shows (what));
}

static void
wait_title (Fixture *self, const char *title)
{
  g_autofree char *what = g_strconcat ("frame:", title, NULL);

  wait_shown (self, what);
}

/* The program with a shot on its first pad. */
static void
start (Fixture *self)
{
  g_autofree char *shot = NULL;

  *self = (Fixture){ .dir = zab_test_make_dir () };
  self->set = g_build_filename (self->dir, "mine.zabset", NULL);
  shot = zab_test_app_write_wav (self->dir, "shot.wav", 0.1);
  zab_test_app_start (&self->app, (const char *[]){ shot, NULL });
  wait_shown (self, "Pad A1, shot, ready");
}

static void
stop (Fixture *self)
{
  zab_test_app_stop (&self->app);
  g_free (self->dir);
  g_free (self->set);
}

/* The chooser does not listen to Enter while it reads its folder: like a hand, this tries again. */
static gboolean
is_confirmed (Fixture *self, const char *title)
{
  static guint n;

  if (!zab_test_input_find_window (self->app.input, title))
    return TRUE;
  if (n++ % 32 == 0)
    zab_test_input_key (self->app.input, KEY_ENTER);
  return FALSE;
}

/* What the chooser proposes is replaced. */
static void
choose (Fixture *self, const char *title, const char *path, gboolean replace)
{
  gulong main_window = self->app.window;

  zab_test_app_focus_window (&self->app, title);
  zab_test_app_wait_focus (&self->app, title);
  if (replace)
    zab_test_app_chord (&self->app, KEY_LEFTCTRL, KEY_A);
  zab_test_app_type (&self->app, path);
  zab_test_wait_until (is_confirmed (self, title));
  self->app.window = main_window;
  zab_test_input_focus (self->app.input, main_window);
}

static void
save_as (Fixture *self, const char *path)
{
  zab_test_app_activate (&self->app, "save-as", NULL);
  choose (self, "Save Set", path, TRUE);
}

/* A button of a question. libadwaita 1.2 tells its name with the access key, and twice. */
static void
answer (Fixture *self, const char *label)
{
  g_autofree char *plain = g_strconcat ("push button:", label, NULL);
  g_autofree char *twice = g_strdup_printf ("push button:_%s %s", label, label);

  zab_test_wait_until (look ("do", plain, "click") || look ("do", twice, "click"));
}

static void
set_loop (Fixture *self)
{
  zab_test_wait_until (look ("do", "Pad A1, shot, ready", "pad.loop"));
}

static gboolean
file_says (const char *path, const char *part)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, part) != NULL;
}

/* The first save asks where; the title tells the set and whether it is all there. */
static void
test_save (void)
{
  Fixture self;

  start (&self);
  zab_test_app_chord (&self.app, KEY_LEFTCTRL, KEY_S);
  choose (&self, "Save Set", self.set, TRUE);
  wait_title (&self, "mine – Zabumba");
  g_assert_true (file_says (self.set, "\"relative\": \"shot.wav\""));
  set_loop (&self);
  wait_title (&self, "• mine – Zabumba");
  zab_test_app_chord (&self.app, KEY_LEFTCTRL, KEY_S);
  wait_title (&self, "mine – Zabumba");
  zab_test_app_chord (&self.app, KEY_LEFTCTRL, KEY_Z);
  wait_title (&self, "• mine – Zabumba");
  stop (&self);
}

static void
test_save_as (void)
{
  Fixture          self;
  g_autofree char *other = NULL;
  g_autofree char *other_set = NULL;

  start (&self);
  other = g_build_filename (self.dir, "other", NULL); /* the ending comes by itself */
  other_set = g_strconcat (other, ".zabset", NULL);
  save_as (&self, self.set);
  wait_title (&self, "mine – Zabumba");
  save_as (&self, other);
  wait_title (&self, "other – Zabumba");
  g_assert_true (file_says (other_set, "shot.wav"));
  g_assert_true (file_says (self.set, "shot.wav"));
  stop (&self);
}

static guint
count_ready (Fixture *self)
{
  return zab_test_app_get_state (&self->app, "n-ready");
}

/* New asks what to do with what is not saved; each answer does what it says. */
static void
test_new_saves (void)
{
  Fixture          self;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  start (&self);
  save_as (&self, self.set);
  wait_title (&self, "mine – Zabumba");
  set_loop (&self);
  wait_title (&self, "• mine – Zabumba");
  zab_test_app_chord (&self.app, KEY_LEFTCTRL, KEY_N);
  wait_shown (&self, "label:Save Changes to “mine”?");
  g_assert_true (g_file_get_contents (self.set, &before, NULL, NULL));
  answer (&self, "Save");
  zab_test_wait_until (count_ready (&self) == 0);
  g_assert_true (g_file_get_contents (self.set, &after, NULL, NULL));
  g_assert_cmpstr (after, !=, before);
  stop (&self);
}

static guint
count_unsaved (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("XDG_STATE_HOME"), "zabumba", "unsaved", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_new_cancelled (void)
{
  Fixture          self;
  g_autofree char *journal = NULL;

  start (&self);
  journal = g_build_filename (g_getenv ("XDG_STATE_HOME"), "zabumba", "journal-1", NULL);
  zab_test_app_activate (&self.app, "new-set", NULL);
  wait_shown (&self, "label:Save Changes to “Untitled set”?");
  answer (&self, "Cancel");
  zab_test_app_activate (&self.app, "quit", NULL);
  g_assert_cmpint (zab_test_process_finish (self.app.process), ==, 0);
  g_assert_true (file_says (journal, "shot.wav"));
  g_assert_cmpuint (count_unsaved (), ==, 0);
  stop (&self);
}

static void
test_new_unsaved (void)
{
  Fixture self;

  start (&self);
  zab_test_app_activate (&self.app, "new-set", NULL);
  wait_shown (&self, "label:Save Changes to “Untitled set”?");
  answer (&self, "Don’t Save");
  zab_test_wait_until (count_ready (&self) == 0 && count_unsaved () == 1);
  stop (&self);
}

/* Saved, and the window empty again. */
static void
start_saved (Fixture *self)
{
  start (self);
  save_as (self, self->set);
  wait_title (self, "mine – Zabumba");
  zab_test_app_activate (&self->app, "new-set", NULL);
  wait_shown (self, "Pad A1, empty");
}

static void
test_open (void)
{
  Fixture self;

  start_saved (&self);
  zab_test_app_chord (&self.app, KEY_LEFTCTRL, KEY_O);
  choose (&self, "Load Sounds", self.set, FALSE);
  wait_shown (&self, "Pad A1, shot, ready");
  wait_title (&self, "mine – Zabumba");
  stop (&self);
}

static void
test_drop (void)
{
  Fixture self;
  g_autoptr (ZabTestProcess) source = NULL;

  start_saved (&self);
  source = zab_test_app_start_source ((const char *[]){ self.set, NULL });
  zab_test_app_drop (&self.app, source, "Pad A8, empty");
  wait_shown (&self, "Pad A1, shot, ready");
  wait_title (&self, "mine – Zabumba");
  stop (&self);
}

static void
test_recent (void)
{
  Fixture          self;
  g_autofree char *uri = NULL;
  g_autofree char *list = NULL;

  start_saved (&self);
  uri = g_filename_to_uri (self.set, NULL, NULL);
  list = g_build_filename (g_get_user_data_dir (), "recently-used.xbel", NULL);
  zab_test_wait_until (file_says (list, uri));
  zab_test_app_activate (&self.app, "open-recent", g_variant_new_string (uri));
  wait_shown (&self, "Pad A1, shot, ready");
  wait_title (&self, "mine – Zabumba");
  zab_test_app_activate (&self.app, "clear-recent", NULL);
  zab_test_wait_until (!file_says (list, uri));
  stop (&self);
}

/* By name on the command line; then once more, while another program has it. */
static void
test_command_line (void)
{
  Fixture          self;
  g_autofree char *state = zab_test_make_dir ();
  g_autofree char *journal = g_build_filename (state, "zabumba", "journal-1", NULL);
  g_autofree char *told = NULL;
  g_autoptr (ZabTestProcess) other = NULL;

  start (&self);
  save_as (&self, self.set);
  wait_title (&self, "mine – Zabumba");
  zab_test_app_stop (&self.app);
  self.app = (ZabTestApp){ .state = state, .title = "frame:mine – Zabumba" };
  zab_test_app_start (&self.app, (const char *[]){ self.set, NULL });
  wait_shown (&self, "Pad A1, shot, ready");
  zab_test_app_stop (&self.app);
  /* Without a bus, it knows of no other Zabumba to leave its work to. */
  g_assert_cmpint (g_unlink (journal), ==, 0);
  other = zab_test_process_new (
      (const char *[]){ "env", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere", "GTK_A11Y=none",
                        g_getenv ("ZAB_TEST_ZABUMBA"), self.set, NULL });
  zab_test_wait_until (file_says (journal, "mine.zabset"));
  zab_test_app_start (&self.app, (const char *[]){ self.set, NULL });
  told = g_strdup_printf (
      "label:“%s” is open in another Zabumba, too. Save under another name, or the "
      "two will be in each other’s way.",
      self.set);
  wait_shown (&self, told);
  stop (&self);
}

/* A sound is missing: the bundle is made without it when that is wanted. */
static void
test_bundle (void)
{
  Fixture          self;
  g_autofree char *shot = NULL;
  g_autofree char *bundle = NULL;

  start (&self);
  shot = g_build_filename (self.dir, "shot.wav", NULL);
  bundle = g_build_filename (self.dir, "all.zabumba", NULL);
  g_assert_cmpint (g_unlink (shot), ==, 0);
  zab_test_app_activate (&self.app, "save-bundle", NULL);
  choose (&self, "Save Set", bundle, TRUE);
  answer (&self, "Save Without Them");
  zab_test_wait_until (g_file_test (bundle, G_FILE_TEST_IS_REGULAR));
  stop (&self);
}

static double
get_volume (Fixture *self)
{
  g_autoptr (ZabTestAccessible) slider = zab_test_app_wait (&self->app, "slider:Volume");
  AtspiValue *value = atspi_accessible_get_value_iface (slider);
  double      now = atspi_value_get_current_value (value, NULL);

  g_object_unref (value);
  return now;
}

static gboolean
is_volume (Fixture *self, double volume)
{
  zab_test_a11y_refresh ();
  return ABS (get_volume (self) - volume) < 0.001;
}

/* Two pulls at the slider, however soon after each other, are undone one by one. */
static void
test_volume (void)
{
  Fixture self;
  int     x, y;
  double  volumes[3];

  start (&self);
  zab_test_app_locate (&self.app, "slider:Volume", &x, &y);
  volumes[0] = get_volume (&self);
  for (int i = 1; i < 3; i++)
    {
      zab_test_input_drag (self.app.input, x, y, x - 20 * i, y);
      zab_test_a11y_refresh ();
      zab_test_wait_until (!is_volume (&self, volumes[i - 1]));
      volumes[i] = get_volume (&self);
    }
  zab_test_app_chord (&self.app, KEY_LEFTCTRL, KEY_Z);
  zab_test_wait_until (is_volume (&self, volumes[1]));
  zab_test_app_chord (&self.app, KEY_LEFTCTRL, KEY_Z);
  zab_test_wait_until (is_volume (&self, volumes[0]));
  stop (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/ui/window-sets/save", test_save);
  zab_test_add ("/ui/window-sets/save-as", test_save_as);
  zab_test_add ("/ui/window-sets/new-saves", test_new_saves);
  zab_test_add ("/ui/window-sets/new-cancelled", test_new_cancelled);
  zab_test_add ("/ui/window-sets/new-unsaved", test_new_unsaved);
  zab_test_add ("/ui/window-sets/open", test_open);
  zab_test_add ("/ui/window-sets/drop", test_drop);
  zab_test_add ("/ui/window-sets/recent", test_recent);
  zab_test_add ("/ui/window-sets/command-line", test_command_line);
  zab_test_add ("/ui/window-sets/bundle", test_bundle);
  zab_test_add ("/ui/window-sets/volume", test_volume);
  return g_test_run ();
}
