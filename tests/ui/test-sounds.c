/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real window's sounds pane: browsed, searched and heard, and sounds go on pads from it. */
#include <linux/input-event-codes.h>

#include "lib/zab-test-audio.h"
#include "ui/zab-test-app.h"

enum
{
  N_CYCLES = 40, /* of the graph */
  N_MANY = 10000,
};

static void
wait_shown (ZabTestApp *self, const char *what)
{
  g_object_unref (zab_test_app_wait (self, what));
}

/* A fresh folder (its path; transfer full) that is the Music folder of programs from now on. */
static char *
make_music (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = g_build_filename (g_get_home_dir (), ".config", "user-dirs.dirs", NULL);
  g_autofree char *text = g_strdup_printf ("XDG_MUSIC_DIR=\"%s\"\n", dir);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_steal_pointer (&dir);
}

/* With its folder; a second long. */
static void
put_sound (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_free (zab_test_app_write_wav (dir, name, 1));
}

static void
start (ZabTestApp *self)
{
  zab_test_app_start (self, (const char *[]){ NULL });
  zab_test_input_key (self->input, KEY_F8);
  zab_test_app_wait_focus (self, "Search Sounds");
}

static gboolean
is_selected (ZabTestApp *self, const char *what)
{
  g_autoptr (ZabTestAccessible) found = zab_test_app_find (self, what);

  return found && zab_test_a11y_has_state (found, ATSPI_STATE_SELECTED);
}

static void
wait_selected (ZabTestApp *self, const char *what)
{
  zab_test_wait_until (is_selected (self, what));
}

static void
test_browse (void)
{
  ZabTestApp       self = { 0 };
  g_autofree char *dir = make_music ();

  put_sound (dir, "kick.wav");
  put_sound (dir, "Loops/amen.wav");
  start (&self);
  wait_shown (&self, "list item:kick");
  g_assert_false (zab_test_app_shows (&self, "list item:amen"));
  zab_test_input_key (self.input, KEY_DOWN);
  wait_selected (&self, "list item:Loops");
  zab_test_input_key (self.input, KEY_DOWN);
  wait_selected (&self, "list item:kick");
  zab_test_input_key (self.input, KEY_UP);
  wait_selected (&self, "list item:Loops");
  zab_test_input_key (self.input, KEY_ENTER);
  wait_shown (&self, "list item:amen");
  zab_test_wait_until (!zab_test_app_shows (&self, "list item:kick"));
  zab_test_app_click (&self, "push button:Parent Folder");
  wait_shown (&self, "list item:kick");
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_B);
  zab_test_wait_until (!zab_test_app_shows (&self, "list item:kick"));
  zab_test_app_stop (&self);
}

/* What is typed is typed, and not played. */
static void
test_search (void)
{
  ZabTestApp       self = { 0 };
  g_autofree char *dir = make_music ();

  put_sound (dir, "hat 1.wav");
  put_sound (dir, "hat 2.wav");
  put_sound (dir, "Deep/Deeper/hat 11.wav");
  start (&self);
  wait_shown (&self, "list item:hat 2");
  zab_test_input_key (self.input, KEY_DOWN);
  zab_test_input_key (self.input, KEY_DOWN);
  wait_selected (&self, "list item:hat 1");
  zab_test_input_key (self.input, KEY_ENTER);
  wait_shown (&self, "Pad A1, hat 1, ready"); /* its key is 1 */
  zab_test_app_type (&self, "1");
  wait_shown (&self, "list item:hat 11");
  wait_shown (&self, "label:Deep/Deeper");
  g_assert_true (zab_test_app_shows (&self, "list item:hat 1"));
  g_assert_false (zab_test_app_shows (&self, "list item:hat 2"));
  g_assert_true (zab_test_app_shows (&self, "Pad A1, hat 1, ready"));
  zab_test_input_key (self.input, KEY_ESC);
  wait_shown (&self, "list item:hat 2");
  zab_test_app_type (&self, "nothing");
  wait_shown (&self, "label:Nothing found");
  zab_test_app_stop (&self);
}

/* Each Enter takes the next pad. */
static void
test_load (void)
{
  ZabTestApp       self = { 0 };
  g_autofree char *dir = make_music ();

  put_sound (dir, "a.wav");
  put_sound (dir, "b.wav");
  start (&self);
  wait_shown (&self, "list item:b");
  zab_test_input_key (self.input, KEY_ENTER); /* highlights the first */
  wait_selected (&self, "list item:a");
  zab_test_input_key (self.input, KEY_ENTER);
  wait_shown (&self, "Pad A1, a, ready");
  zab_test_input_key (self.input, KEY_DOWN);
  wait_selected (&self, "list item:b");
  zab_test_app_click (&self, "push button:Load");
  wait_shown (&self, "Pad A2, b, ready");
  g_assert_true (zab_test_app_shows (&self, "Pad A1, a, ready"));
  zab_test_app_stop (&self);
}

static gsize
count_sounding (const float *frames, gsize n_frames)
{
  gsize n = 0;

  for (gsize i = 0; i < n_frames; i++)
    n += frames[2 * i] < 0 || frames[2 * i] > 0;
  return n;
}

/* It is heard while no pad plays; and no longer once the pane is left, though a second is long. */
static void
test_audition (void)
{
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  ZabTestApp        self = { 0 };
  g_autofree char  *dir = make_music ();
  g_autofree float *frames = NULL;
  gsize             n_frames, heard;
  guint64           first, left;

  put_sound (dir, "a.wav");
  start (&self);
  zab_test_audio_wait_linked ("zabumba");
  wait_shown (&self, "list item:a");
  zab_test_input_key (self.input, KEY_DOWN);
  wait_shown (&self, "label:1.0 s");
  zab_test_recorder_step (recorder, N_CYCLES);
  zab_test_input_key (self.input, KEY_F8);
  zab_test_app_wait_focus (&self, "Pads");
  left = zab_test_recorder_step (recorder, 1);
  zab_test_recorder_step (recorder, N_CYCLES);
  g_assert_true (zab_test_app_shows (&self, "Pad A1, empty"));
  frames = zab_test_recorder_finish (recorder, &n_frames, &first);
  heard = count_sounding (frames, (gsize)(left - first));
  g_assert_cmpuint (heard, >, 0);
  g_assert_cmpuint (heard, <, 48000);
  g_assert_cmpuint (
      count_sounding (frames + 2 * (left - first + 1024), n_frames - (gsize)(left - first) - 1024),
      ==, 0);
  zab_test_app_stop (&self);
}

/* Of what is long, all is told and the beginning is heard. */
static void
test_long (void)
{
  ZabTestApp       self = { 0 };
  g_autofree char *dir = make_music ();

  g_free (zab_test_app_write_wav (dir, "long.wav", 70));
  start (&self);
  wait_shown (&self, "list item:long");
  zab_test_input_key (self.input, KEY_DOWN);
  wait_shown (&self, "label:1:10");
  zab_test_app_stop (&self);
}

static void
test_failure (void)
{
  ZabTestApp       self = { 0 };
  g_autofree char *dir = make_music ();
  g_autofree char *bad = g_build_filename (dir, "bad.wav", NULL);

  g_assert_true (g_file_set_contents (bad, "", 0, NULL));
  put_sound (dir, "good.wav");
  start (&self);
  wait_shown (&self, "list item:bad");
  zab_test_input_key (self.input, KEY_DOWN);
  wait_shown (&self, "label:“bad.wav” is empty");
  zab_test_input_key (self.input, KEY_DOWN);
  wait_shown (&self, "label:1.0 s");
  zab_test_app_stop (&self);
}

/* The pointer is at the place, and trembles: a drag begins, and a target answers, at the next move.
 */
static void
hover (ZabTestApp *self, int x, int y, guint n_moves)
{
  const guint tick = zab_test_begin_wait ("a drag", G_STRLOC);

  for (guint i = 0; i < n_moves; i++)
    {
      zab_test_input_move (self->input, x + (int)(i & 1), y);
      zab_test_wait ();
    }
  zab_test_end_wait (tick);
}

/* A hand that let go too early tries again, with more patience. */
static void
drag (ZabTestApp *self, const char *what, const char *to, const char *result)
{
  int from_x, from_y, to_x, to_y;

  zab_test_app_locate (self, what, &from_x, &from_y);
  zab_test_app_locate (self, to, &to_x, &to_y);
  for (guint n_moves = 16; !zab_test_app_shows (self, result); n_moves += 16)
    {
      zab_test_input_move (self->input, from_x, from_y);
      zab_test_input_press (self->input, 1);
      hover (self, from_x + 20, from_y, n_moves);
      hover (self, to_x, to_y, n_moves);
      zab_test_input_release (self->input, 1);
      hover (self, to_x, to_y, n_moves);
    }
}

static void
test_drag (void)
{
  ZabTestApp       self = { 0 };
  g_autofree char *dir = make_music ();

  put_sound (dir, "a.wav");
  put_sound (dir, "b.wav");
  start (&self);
  wait_shown (&self, "list item:b");
  drag (&self, "list item:b", "Pad A10, empty", "Pad A10, b, ready");
  g_assert_true (zab_test_app_shows (&self, "Pad A11, empty"));
  zab_test_app_stop (&self);
}

/* Rows are made as they are seen; what is typed finds the one among them. */
static void
test_many (void)
{
  ZabTestApp       self = { 0 };
  g_autofree char *dir = make_music ();

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.wav", dir, i);

      g_assert_true (g_file_set_contents_full (path, "", 0, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    }
  start (&self);
  wait_shown (&self, "list item:0");
  g_assert_false (zab_test_app_shows (&self, "list item:9999"));
  zab_test_app_type (&self, "9999");
  wait_shown (&self, "list item:9999");
  zab_test_app_stop (&self);
}

/* What was put on a pad can be found again. */
static void
test_recent (void)
{
  ZabTestApp       self = { 0 };
  g_autofree char *dir = make_music ();

  put_sound (dir, "Below/found again.wav");
  put_sound (dir, "other.wav");
  start (&self);
  wait_shown (&self, "list item:other");
  zab_test_app_type (&self, "found");
  wait_shown (&self, "list item:found again");
  zab_test_input_key (self.input, KEY_DOWN);
  wait_selected (&self, "list item:found again");
  zab_test_input_key (self.input, KEY_ENTER);
  wait_shown (&self, "Pad A1, found again, ready");
  zab_test_app_do (&self, "panel:Sounds", "sounds.show-recent");
  wait_shown (&self, "label:Recent Sounds");
  wait_shown (&self, "list item:found again");
  g_assert_false (zab_test_app_shows (&self, "list item:other"));
  zab_test_app_stop (&self);
}

/* However it came: on the command line, from another program, dropped. */
static void
test_recent_from_elsewhere (void)
{
  ZabTestApp       self = { 0 };
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *named = zab_test_app_write_wav (dir, "named.wav", 0.1);
  g_autofree char *sent = zab_test_app_write_wav (dir, "sent.wav", 0.1);
  g_autofree char *dropped = zab_test_app_write_wav (dir, "dropped.wav", 0.1);
  g_autofree char *uri = g_filename_to_uri (sent, NULL, NULL);
  g_autoptr (ZabTestProcess) source = NULL;

  zab_test_app_start (&self, (const char *[]){ named, NULL });
  wait_shown (&self, "Pad A1, named, ready");
  zab_test_app_load_uri (&self, 1, uri);
  wait_shown (&self, "Pad A2, sent, ready");
  source = zab_test_app_start_source ((const char *[]){ dropped, NULL });
  zab_test_app_drop (&self, source, "Pad A8, empty");
  wait_shown (&self, "Pad A8, dropped, ready");
  zab_test_app_focus_window (&self, "Zabumba");
  zab_test_input_key (self.input, KEY_F8);
  zab_test_app_wait_focus (&self, "Search Sounds");
  zab_test_app_do (&self, "panel:Sounds", "sounds.show-recent");
  wait_shown (&self, "list item:named");
  wait_shown (&self, "list item:sent");
  wait_shown (&self, "list item:dropped");
  zab_test_app_stop (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/ui/sounds/browse", test_browse);
  zab_test_add ("/ui/sounds/search", test_search);
  zab_test_add ("/ui/sounds/load", test_load);
  zab_test_add ("/ui/sounds/audition", test_audition);
  zab_test_add ("/ui/sounds/long", test_long);
  zab_test_add ("/ui/sounds/failure", test_failure);
  zab_test_add ("/ui/sounds/drag", test_drag);
  zab_test_add ("/ui/sounds/many", test_many);
  zab_test_add ("/ui/sounds/recent", test_recent);
  zab_test_add ("/ui/sounds/recent-from-elsewhere", test_recent_from_elsewhere);
  return g_test_run ();
}
