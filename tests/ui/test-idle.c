/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window in which nothing moves draws no frame, and has no clock that runs: the whole application
 * with its sound. Linked with --wrap, so that it is known when the sound was looked at, once a
 * second: whatever else a window may do by itself has had its turn by then. */
#include "lib/zab-test-audio.h"
#include "lib/zab-test-wav.h"
#include "lib/zab-test.h"
#include "model/zab-sound-status.h"
#include "ui/zab-application-private.h"

enum
{
  QUANTUM = 8192, /* no deadline is missed, which the window would tell, in a frame */
  RATE = 48000,
  N_FRAMES = RATE / 2,
  N_LOOKS = 3
};

typedef struct
{
  ZabApplication *application;
  GtkWidget      *window;
  guint           n_ticks;
  guint           looks; /* at the last tick */
} Fixture;

static guint n_looks;

void __real_zab_sound_status_update (ZabSoundStatus *self);
void __wrap_zab_sound_status_update (ZabSoundStatus *self);

void
__wrap_zab_sound_status_update (ZabSoundStatus *self)
{
  n_looks++;
  __real_zab_sound_status_update (self);
}

static void
on_update (GdkFrameClock *clock, Fixture *self)
{
  self->n_ticks++;
  self->looks = n_looks;
}

static gboolean
is_shown (Fixture *self)
{
  GtkApplication *application = GTK_APPLICATION (self->application);
  gboolean        has_sound;

  self->window = GTK_WIDGET (gtk_application_get_active_window (application));
  g_object_get (self->application->session, "has-sound", &has_sound, NULL);
  return has_sound && self->window != NULL && gtk_widget_get_mapped (self->window);
}

/* Never, if the clock goes on. */
static void
wait_until_idle (Fixture *self)
{
  zab_test_wait_until (n_looks - self->looks > N_LOOKS);
}

/* Something is to be drawn again and again, from now on. */
static void
wait_until_ticking (Fixture *self)
{
  const guint before = self->n_ticks;

  zab_test_wait_until (self->n_ticks > before + 10);
}

static ZabPad *
load (Fixture *self)
{
  ZabSession       *session = self->application->session;
  ZabPad           *pad = zab_set_get_pad (zab_session_get_set (session), 0);
  g_autofree char  *dir = zab_test_make_dir ();
  g_autofree char  *path = g_build_filename (dir, "sound.wav", NULL);
  g_autofree float *frames = g_new (float, N_FRAMES);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (guint i = 0; i < N_FRAMES; i++)
    frames[i] = i % 100 < 50 ? 0.5f : -0.5f;
  g_assert_true (zab_test_wav_write (path, frames, N_FRAMES, 1, RATE, NULL));
  zab_session_load (session, 0, file);
  zab_test_wait_until (zab_pad_get_peaks (pad) != NULL);
  return pad;
}

static void
check (gpointer data)
{
  Fixture    *self = data;
  ZabSession *session;
  ZabPad     *pad;

  zab_test_wait_until (is_shown (self));
  session = self->application->session;
  g_signal_connect (gtk_widget_get_frame_clock (self->window), "update", G_CALLBACK (on_update),
                    self);
  wait_until_idle (self);
  pad = load (self);
  wait_until_idle (self);
  zab_session_play (session, 0, 1);
  wait_until_ticking (self);
  zab_test_wait_until (!zab_pad_get_playing (pad));
  wait_until_idle (self); /* all meters are down */
  zab_session_set_transport_running (session, TRUE);
  wait_until_ticking (self);
  zab_session_set_transport_running (session, FALSE);
  wait_until_idle (self);
  g_application_quit (G_APPLICATION (self->application));
}

static void
on_activate (GApplication *application, Fixture *self)
{
  g_idle_add_once (check, self);
}

static void
test_clock (void)
{
  Fixture self = { .application = zab_application_new () };

  zab_test_audio_force_quantum (QUANTUM);
  g_signal_connect (self.application, "activate", G_CALLBACK (on_activate), &self);
  g_assert_cmpint (g_application_run (G_APPLICATION (self.application), 0, NULL), ==, 0);
  g_assert_finalize_object (self.application);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/ui/idle/clock", test_clock);
  return g_test_run ();
}
