/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-window [--rounds=N] DIR: whether the real window stumbles while it loads what
 * make-load-corpus has made in DIR. Every round loads the set and ten minutes of FLAC, and does
 * nothing for as long before each of them: what idle shows as well is the machine's.
 *
 * A stall: how much later than every millisecond the main loop came round; its work, what of that
 * it was busy itself (the rest belongs to other threads and programs). A frame gap: between two of
 * the window's frames, which are drawn all the time. Run it on a screen and a sound server:
 * run-window. */
#include <locale.h>
#include <stdlib.h>
#include <time.h>

#include "rt/zab-rt.h"
#include "ui/zab-application-private.h"

enum
{
  TICK_MS = 1,
  FRAME_USEC = 16700, /* of a screen with 60 Hz */
  SETTLE_MS = 1000,   /* after the pads were cleared */
  MIN_USEC = 500000   /* that are looked at, so that there are frames enough */
};

typedef enum
{
  IDLE_SET,
  SET,
  IDLE_TEN,
  TEN,
  N_PHASES
} Phase;

static const char *const names[N_PHASES]
    = { "idle for as long", "216 pads", "idle for as long", "ten minutes of FLAC" };

/* What was seen of one kind of phase, µs. */
typedef struct
{
  GArray *stalls; /* gint64: the longest of each round */
  GArray *works;  /* the most work in one turn of the loop, of each round */
  GArray *gaps;   /* of every frame */
  GArray *times;  /* how long each round took */
  guint   n_long; /* stalls beyond a frame */
} Seen;

typedef struct
{
  ZabApplication *application;
  GtkWidget      *window;
  GPtrArray      *set; /* GFile */
  GPtrArray      *ten;
  Phase           phase;
  gint64          begun;
  gint64          lasted[N_PHASES]; /* in this or the last round */
  gint64          tick, frame;      /* when the last was; 0: none yet */
  gint64          stall;            /* the longest of this phase */
  gint64          busy;             /* the thread's own clock at the last tick */
  gint64          work;             /* the most between two ticks of this phase */
  int             round;
  Seen            seen[N_PHASES];
} Bench;

static int n_rounds = 9;

static void begin (Bench *self);

/* µs of processor time of this thread. */
static gint64
get_busy (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* --- Looking ---------------------------------------------------------------------------------- */

static gboolean
is_over (Bench *self)
{
  const gint64 time = g_get_monotonic_time () - self->begun;
  guint        n_loading;

  if (self->phase == IDLE_SET || self->phase == IDLE_TEN)
    return time >= MAX (self->lasted[self->phase + 1], (gint64)MIN_USEC);
  g_object_get (self->application->session, "n-loading", &n_loading, NULL);
  if (n_loading == 0 && self->lasted[self->phase] == 0)
    self->lasted[self->phase] = time;
  return n_loading == 0 && time >= MIN_USEC;
}

static gboolean
on_settled (gpointer data)
{
  begin (data);
  return G_SOURCE_REMOVE;
}

static void
end (Bench *self)
{
  Seen *seen = &self->seen[self->phase];

  g_array_append_val (seen->stalls, self->stall);
  g_array_append_val (seen->works, self->work);
  g_array_append_val (seen->times, self->lasted[self->phase]);
  for (guint pad = 0; pad < ZAB_N_PADS; pad++)
    zab_session_clear (self->application->session, pad);
  self->phase = (self->phase + 1) % N_PHASES;
  if (self->phase == IDLE_SET && ++self->round > n_rounds)
    g_application_quit (G_APPLICATION (self->application));
  else
    g_timeout_add (SETTLE_MS, on_settled, self);
}

static gboolean
on_tick (gpointer data)
{
  Bench       *self = data;
  const gint64 now = g_get_monotonic_time ();
  const gint64 busy = get_busy ();
  const gint64 stall = self->tick > 0 ? now - self->tick - TICK_MS * 1000 : 0;

  if (self->tick > 0)
    self->work = MAX (self->work, busy - self->busy);
  self->busy = busy;
  self->tick = now;
  self->stall = MAX (self->stall, stall);
  self->seen[self->phase].n_long += stall > FRAME_USEC;
  if (!is_over (self))
    return G_SOURCE_CONTINUE;
  self->begun = 0;
  end (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_frame (GtkWidget *window, GdkFrameClock *clock, gpointer data)
{
  Bench       *self = data;
  const gint64 now = g_get_monotonic_time ();
  const gint64 gap = now - self->frame;

  if (self->begun > 0 && self->frame > self->begun)
    g_array_append_val (self->seen[self->phase].gaps, gap);
  self->frame = now;
  gtk_widget_queue_draw (window);
  return G_SOURCE_CONTINUE;
}

/* --- Doing ------------------------------------------------------------------------------------ */

/* The first round is for warmth. */
static void
forget (Bench *self)
{
  for (Phase phase = 0; phase < N_PHASES; phase++)
    {
      Seen *seen = &self->seen[phase];

      g_array_set_size (seen->stalls, 0);
      g_array_set_size (seen->works, 0);
      g_array_set_size (seen->gaps, 0);
      g_array_set_size (seen->times, 0);
      seen->n_long = 0;
    }
}

static void
begin (Bench *self)
{
  ZabSession *session = self->application->session;

  if (self->phase == IDLE_SET && self->round == 1)
    forget (self);
  if (self->phase == SET || self->phase == TEN)
    self->lasted[self->phase] = 0;
  self->tick = self->stall = self->work = 0;
  self->begun = g_get_monotonic_time ();
  g_timeout_add_full (G_PRIORITY_HIGH, TICK_MS, on_tick, self, NULL);
  if (self->phase == SET)
    zab_session_load_files (session, 0, self->set);
  else if (self->phase == TEN)
    zab_session_load_files (session, 0, self->ten);
}

static gboolean
on_ready (gpointer data)
{
  Bench   *self = data;
  gboolean has_sound;

  self->window
      = GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (self->application)));
  g_object_get (self->application->session, "has-sound", &has_sound, NULL);
  if (self->window == NULL || !gtk_widget_get_mapped (self->window) || !has_sound)
    return G_SOURCE_CONTINUE;
  gtk_widget_add_tick_callback (self->window, on_frame, self, NULL);
  g_timeout_add (SETTLE_MS, on_settled, self);
  return G_SOURCE_REMOVE;
}

static void
on_activate (GApplication *application, Bench *self)
{
  g_timeout_add (50, on_ready, self);
}

/* --- Telling ---------------------------------------------------------------------------------- */

static int
compare (const void *a, const void *b)
{
  const gint64 x = *(const gint64 *)a;
  const gint64 y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

/* ms below which so many of a hundred are. */
static double
get_percentile (GArray *values, guint percent)
{
  if (values->len == 0)
    return 0;
  g_array_sort (values, compare);
  return (double)g_array_index (values, gint64, (values->len - 1) * percent / 100) / 1000;
}

static void
print_table (Bench *self)
{
  g_print ("\n| ms, %d rounds | takes | longest stall: median, worst | its work: median, worst "
           "| stalls over 16.7 | frames | gap: median | 99 %% | longest |\n"
           "|---|---|---|---|---|---|---|---|---|\n",
           n_rounds);
  for (Phase phase = 0; phase < N_PHASES; phase++)
    {
      Seen *seen = &self->seen[phase];

      g_print ("| %s | %.0f | %.1f, %.1f | %.1f, %.1f | %u | %u | %.1f | %.1f | %.1f |\n",
               names[phase], get_percentile (seen->times, 50), get_percentile (seen->stalls, 50),
               get_percentile (seen->stalls, 100), get_percentile (seen->works, 50),
               get_percentile (seen->works, 100), seen->n_long, seen->gaps->len,
               get_percentile (seen->gaps, 50), get_percentile (seen->gaps, 99),
               get_percentile (seen->gaps, 100));
    }
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
          G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new ("DIR");
  double load[1] = { 0 };
  Bench  self = { 0 };

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 2)
    return EXIT_FAILURE;
  self.set = list (argv[1], "set", "");
  self.ten = list (argv[1], "ten", ".flac");
  for (Phase phase = 0; phase < N_PHASES; phase++)
    {
      self.seen[phase].stalls = g_array_new (FALSE, FALSE, sizeof (gint64));
      self.seen[phase].works = g_array_new (FALSE, FALSE, sizeof (gint64));
      self.seen[phase].gaps = g_array_new (FALSE, FALSE, sizeof (gint64));
      self.seen[phase].times = g_array_new (FALSE, FALSE, sizeof (gint64));
    }
  getloadavg (load, 1);
  g_print ("The window while it loads: GTK %u.%u.%u, %u processors, load %.1f\n",
           gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (),
           g_get_num_processors (), load[0]);
  self.application = zab_application_new ();
  g_signal_connect (self.application, "activate", G_CALLBACK (on_activate), &self);
  g_application_run (G_APPLICATION (self.application), 1, argv);
  print_table (&self);
  g_object_unref (self.application);
  return EXIT_SUCCESS;
}
