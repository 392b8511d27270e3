/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-window [--rounds=N] [--only=SCENE] DIR: whether the real window stumbles in each of the
 * scenes (bench-scene.c), with what make-load-corpus has made in DIR; and what it costs when it is
 * left alone. In every round each scene is played beside its own idle control, which lasts as long:
 * what that shows as well is the machine's.
 *
 * A stall: how much later than every millisecond the main loop came round; its work, what of that
 * it was busy itself (the rest belongs to other threads and programs). A frame gap: between two of
 * the window's frames, which are drawn all the time. Run it on a screen and a sound server:
 * run-window. */
#include <locale.h>
#include <stdlib.h>
#include <time.h>

#include "bench-cost.h"
#include "bench-host.h"
#include "bench-scene.h"
#include "bench-seen.h"

enum
{
  TICK_MS = 1,
  FRAME_USEC = 16700, /* of a screen with 60 Hz */
  SETTLE_MS = 1000,   /* after the pads were cleared */
  LOOK_MS = 20,
  COST_MS = 5000,
  METERS_FALL_MS = 4000,
  MIN_USEC = 500000 /* that are looked at, so that there are frames enough */
};

typedef struct
{
  BenchStage        stage;
  const BenchScene *scene;
  int               round;
  gboolean          plays; /* FALSE: it is the control's turn */
  gint64            begun, lasted;
  gint64            tick, frame; /* when the last was */
  gint64            stall;       /* the longest of this turn */
  gint64            busy;        /* the thread's own clock at the last tick */
  gint64            work;        /* the most between two ticks of this turn */
  guint             asks;        /* for frames, all the time */
  BenchSeen         seen[BENCH_N_SCENES][2];
} Bench;

/* What is left alone, one after the other. */
typedef enum
{
  STILL,
  TRANSPORT,
  PLAYING,
  N_STATES
} State;

static const char *const state_names[N_STATES]
    = { "36 pads, none plays", "transport runs, no pad plays", "36 pads playing" };

static int   n_rounds = 9;
static char *only;

/* µs of processor time of this thread. */
static gint64
get_busy (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
on_waited (gpointer over)
{
  *(gboolean *)over = TRUE;
}

/* While the window goes on. */
static void
wait_ms (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add_once (ms, on_waited, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* --- Looking ---------------------------------------------------------------------------------- */

static gboolean
is_over (Bench *self)
{
  const gint64 time = g_get_monotonic_time () - self->begun;

  if (!self->plays)
    return time >= MAX (self->lasted, (gint64)MIN_USEC);
  if (!self->scene->is_over (&self->stage))
    return FALSE;
  if (self->lasted == 0)
    self->lasted = time;
  return time >= MIN_USEC;
}

static BenchSeen *
get_seen (Bench *self)
{
  return &self->seen[self->scene - bench_scenes][self->plays];
}

static gboolean
on_tick (gpointer data)
{
  Bench       *self = data;
  const gint64 now = g_get_monotonic_time ();
  const gint64 busy = get_busy ();
  const gint64 stall = now - self->tick - TICK_MS * 1000;

  self->work = MAX (self->work, busy - self->busy);
  self->busy = busy;
  self->tick = now;
  self->stall = MAX (self->stall, stall);
  get_seen (self)->n_long += stall > FRAME_USEC;
  if (!is_over (self))
    return G_SOURCE_CONTINUE;
  self->begun = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
on_frame (GtkWidget *window, GdkFrameClock *clock, gpointer data)
{
  Bench       *self = data;
  const gint64 now = g_get_monotonic_time ();
  const gint64 gap = now - self->frame;

  if (self->begun > 0 && self->frame > self->begun)
    g_array_append_val (get_seen (self)->gaps, gap);
  self->frame = now;
  if (self->begun > 0 && self->plays && self->scene->on_frame != NULL)
    self->scene->on_frame (&self->stage);
  self->stage.n_frames++;
  gtk_widget_queue_draw (window);
  return G_SOURCE_CONTINUE;
}

/* --- Doing ------------------------------------------------------------------------------------ */

static void
take_turn (Bench *self, gboolean plays)
{
  BenchSeen *seen;

  self->plays = plays;
  if (plays)
    self->lasted = 0;
  self->stall = self->work = 0;
  self->stage.n_frames = 0;
  self->begun = self->tick = g_get_monotonic_time ();
  self->busy = get_busy ();
  g_timeout_add_full (G_PRIORITY_HIGH, TICK_MS, on_tick, self, NULL);
  if (plays)
    self->scene->start (&self->stage);
  while (self->begun > 0)
    g_main_context_iteration (NULL, TRUE);
  seen = get_seen (self);
  g_array_append_val (seen->stalls, self->stall);
  g_array_append_val (seen->works, self->work);
  g_array_append_val (seen->times, self->lasted);
}

static void
play_round (Bench *self)
{
  const BenchScene *scene = self->scene;

  if (scene->prepare != NULL)
    scene->prepare (&self->stage);
  while (scene->is_prepared != NULL && !scene->is_prepared (&self->stage))
    wait_ms (LOOK_MS);
  wait_ms (SETTLE_MS);
  take_turn (self, FALSE);
  take_turn (self, TRUE);
  if (scene->stop != NULL)
    scene->stop (&self->stage);
}

/* The first round is for warmth. */
static void
play (Bench *self, const BenchScene *scene)
{
  BenchSeen *seen = self->seen[scene - bench_scenes];

  self->scene = scene;
  self->lasted = 0;
  for (int round = 0; round <= n_rounds; round++)
    {
      play_round (self);
      for (guint i = 0; i < 2 && round == 0; i++)
        bench_seen_forget (&seen[i]);
    }
}

static void
play_all (Bench *self)
{
  GtkWidget *window = self->stage.window;

  self->asks = gtk_widget_add_tick_callback (window, on_frame, self, NULL);
  for (guint i = 0; i < BENCH_N_SCENES; i++)
    if (only == NULL || strstr (bench_scenes[i].name, only) != NULL)
      play (self, &bench_scenes[i]);
  gtk_widget_remove_tick_callback (window, self->asks);
}

static void
tell_all (Bench *self)
{
  bench_seen_print_head (n_rounds);
  for (guint i = 0; i < BENCH_N_SCENES; i++)
    if (self->seen[i][TRUE].gaps->len > 0)
      {
        bench_seen_print (&self->seen[i][FALSE], "idle for as long", NULL);
        bench_seen_print (&self->seen[i][TRUE], bench_scenes[i].name, &self->seen[i][FALSE]);
      }
}

/* --- Left alone ------------------------------------------------------------------------------- */

static void
on_update (GdkFrameClock *clock, guint *n_ticks)
{
  (*n_ticks)++;
}

static void
leave_alone (Bench *self, State state, BenchCost *cost, guint *n_ticks)
{
  GtkWidget     *window = self->stage.window;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  BenchCost      before;
  gulong         handler;

  bench_stage_be_still (&self->stage);
  wait_ms (SETTLE_MS);
  if (state == TRANSPORT)
    bench_stage_run_transport (&self->stage);
  else if (state == PLAYING)
    bench_stage_play_pads (&self->stage);
  wait_ms (state == STILL ? METERS_FALL_MS : SETTLE_MS);
  handler = g_signal_connect (clock, "update", G_CALLBACK (on_update), n_ticks);
  bench_cost_read (&before, gtk_widget_get_display (window));
  wait_ms (COST_MS);
  bench_cost_add (cost, &before, gtk_widget_get_display (window));
  g_signal_handler_disconnect (clock, handler);
}

static void
leave_all_alone (Bench *self)
{
  BenchCost costs[N_STATES] = { 0 };
  guint     n_ticks[N_STATES] = { 0 };

  bench_stage_load_pads (&self->stage);
  while (!bench_stage_has_pads (&self->stage))
    wait_ms (LOOK_MS);
  for (int round = 0; round < n_rounds; round++)
    for (State state = 0; state < N_STATES; state++)
      leave_alone (self, state, &costs[state], &n_ticks[state]);
  bench_stage_be_still (&self->stage);
  bench_cost_print_head (n_rounds);
  for (State state = 0; state < N_STATES; state++)
    bench_cost_print (&costs[state], state_names[state], n_ticks[state]);
}

/* --- The window ------------------------------------------------------------------------------- */

static gboolean
is_ready (Bench *self)
{
  GtkApplication *application = GTK_APPLICATION (self->stage.application);
  gboolean        has_sound;

  self->stage.window = GTK_WIDGET (gtk_application_get_active_window (application));
  g_object_get (self->stage.application->session, "has-sound", &has_sound, NULL);
  return self->stage.window != NULL && gtk_widget_get_mapped (self->stage.window) && has_sound;
}

static void
on_ready (gpointer data)
{
  Bench       *self = data;
  double       load[1] = { 0 };
  GskRenderer *renderer;
  BenchHost    before;

  while (!is_ready (self))
    wait_ms (LOOK_MS);
  bench_host_read (&before);
  getloadavg (load, 1);
  renderer = gtk_native_get_renderer (GTK_NATIVE (self->stage.window));
  g_print ("The window: GTK %u.%u.%u, %s, %u processors, load %.1f\n", gtk_get_major_version (),
           gtk_get_minor_version (), gtk_get_micro_version (), G_OBJECT_TYPE_NAME (renderer),
           g_get_num_processors (), load[0]);
  wait_ms (SETTLE_MS);
  if (only == NULL || !g_str_equal (only, "cost"))
    {
      play_all (self);
      tell_all (self);
    }
  if (only == NULL || g_str_equal (only, "cost"))
    leave_all_alone (self);
  bench_host_print (&before);
  g_application_quit (G_APPLICATION (self->stage.application));
}

static void
on_activate (GApplication *application, Bench *self)
{
  g_idle_add_once (on_ready, self);
}

static int
compare_files (const void *a, const void *b)
{
  g_autofree char *x = g_file_get_path (*(GFile *const *)a);
  g_autofree char *y = g_file_get_path (*(GFile *const *)b);

  return g_strcmp0 (x, y);
}

/* The files in a folder that are called so, in order. */
static GPtrArray *
list (const char *corpus, const char *folder, const char *suffix)
{
  GPtrArray       *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *path = g_build_filename (corpus, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, suffix))
      g_ptr_array_add (files, g_file_new_build_filename (path, name, NULL));
  if (files->len == 0)
    g_error ("%s holds no files: see make-load-corpus", path);
  g_ptr_array_sort (files, compare_files);
  return files;
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[]
      = { { "rounds", 'n', 0, G_OPTION_ARG_INT, &n_rounds, "How often", "N" },
          { "only", 0, 0, G_OPTION_ARG_STRING, &only, "Scenes called so, or \"cost\"", "NAME" },
          G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new ("DIR");
  Bench self = { 0 };

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 2)
    return EXIT_FAILURE;
  self.stage.set = list (argv[1], "set", "");
  self.stage.ten = list (argv[1], "ten", ".flac");
  self.stage.hour = list (argv[1], "hour", ".flac");
  for (guint i = 0; i < BENCH_N_SCENES; i++)
    for (guint j = 0; j < 2; j++)
      bench_seen_init (&self.seen[i][j]);
  self.stage.input = zab_test_input_new ();
  self.stage.application = zab_application_new ();
  g_signal_connect (self.stage.application, "activate", G_CALLBACK (on_activate), &self);
  g_application_run (G_APPLICATION (self.stage.application), 1, argv);
  if (self.stage.hand != NULL)
    g_thread_pool_free (self.stage.hand, FALSE, TRUE);
  zab_test_input_free (self.stage.input);
  g_object_unref (self.stage.application);
  return EXIT_SUCCESS;
}
