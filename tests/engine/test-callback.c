/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The realtime guard around the program's own callback, in PipeWire's own thread, while pads are
 * loaded again and again and everything that can be set is set. */
#include <pipewire/pipewire.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/zab-rt-guard-mixer.h"
#include "lib/zab-rt-guard.h"
#include "lib/zab-test-audio.h"
#include "lib/zab-test.h"
#include "output-fixture.h"

/* Linked with --wrap=pw_stream_get_time_n: what the callback asks of PipeWire is a section, too. */
int __real_pw_stream_get_time_n (struct pw_stream *stream, struct pw_time *time, size_t size);
int __wrap_pw_stream_get_time_n (struct pw_stream *stream, struct pw_time *time, size_t size);

int
__wrap_pw_stream_get_time_n (struct pw_stream *stream, struct pw_time *time, size_t size)
{
  int result;

  zab_rt_guard_enter ();
  result = __real_pw_stream_get_time_n (stream, time, size);
  zab_rt_guard_leave ();
  return result;
}

enum
{
  SHORT_QUANTUM = 16,
  CYCLES = 500, /* between two commands */
  N_IN_FLIGHT = 4,
  N_SECTIONS = 3, /* of a callback: sound, the cycle's time, the deadline */
};

/* Of callbacks. */
static guint
n_thousands (void)
{
  const char *text = g_getenv ("ZAB_TEST_CALLBACKS");

  return text != NULL ? (guint)atoi (text) : 1000;
}

typedef struct
{
  OutputFixture output;
  GRand        *rand;
  guint         next; /* load */
  guint8        loaded[ZAB_N_PADS];
} Fixture;

static void
on_loaded (ZabEngine *engine, ZabLoaderEvent *event, Fixture *self)
{
  if (event->type == ZAB_LOADER_EVENT_SUCCESS)
    self->loaded[event->pad]++;
}

static void
load_next (Fixture *self)
{
  const guint pad = self->next++ % ZAB_N_PADS;

  zab_engine_load_sample_async (self->output.engine, pad, self->output.file, NULL, NULL, NULL);
}

static guint
any (Fixture *self, guint end)
{
  return (guint)g_rand_int_range (self->rand, 0, (gint32)end);
}

static void
set_how_pads_play (Fixture *self, guint pad)
{
  ZabEngine  *engine = self->output.engine;
  const guint start = any (self, LENGTH), end = any (self, LENGTH);

  zab_engine_set_pad_mode (engine, pad, (ZabLaunchMode)any (self, ZAB_LAUNCH_LOOP + 1));
  zab_engine_set_pad_retrigger (engine, pad, (ZabRetrigger)any (self, 2));
  zab_engine_set_pad_loop (engine, pad, (gboolean)any (self, 2));
  zab_engine_set_pad_quantise (engine, pad, (ZabQuantise)any (self, ZAB_QUANTISE_1_4));
  zab_engine_set_pad_region (engine, pad, start, end);
  zab_engine_set_pad_loop_range (engine, pad, end / 2, start);
  zab_engine_set_pad_ping_pong (engine, pad, (gboolean)any (self, 2));
  zab_engine_set_pad_reverse (engine, pad, (gboolean)any (self, 2));
  zab_engine_set_pad_choke (engine, pad, any (self, ZAB_N_CHOKE_GROUPS + 1));
  zab_engine_set_exclusive (engine, any (self, 8) == 0);
}

static void
turn_knobs (Fixture *self, guint pad)
{
  ZabEngine *engine = self->output.engine;

  for (guint i = 0; i < ZAB_N_PARAMS; i++)
    zab_engine_set_pad_param (engine, pad, (ZabParam)i, (float)g_rand_double (self->rand));
  zab_engine_set_pad_param (engine, pad, ZAB_PARAM_SPEED, 4 * (float)g_rand_double (self->rand));
  zab_engine_set_pad_param (engine, pad, ZAB_PARAM_MUTE, 0);
  zab_engine_set_pad_param (engine, pad, ZAB_PARAM_SOLO, 0);
  zab_engine_set_master_param (engine, ZAB_PARAM_LIMITER, (float)any (self, 2));
  zab_engine_set_master_param (engine, ZAB_PARAM_SPEED, 0.5f + (float)g_rand_double (self->rand));
  zab_engine_set_quality (engine, (ZabSincQuality)any (self, ZAB_SINC_N_QUALITIES));
}

static void
conduct (Fixture *self)
{
  ZabEngine *engine = self->output.engine;

  zab_engine_set_tempo (engine, 20 + any (self, 900));
  zab_engine_set_metre (engine, 1 + any (self, 9), 4u << any (self, 2));
  zab_engine_set_quantise (engine, (ZabQuantise)any (self, ZAB_QUANTISE_4_BARS + 1));
  if (any (self, 4) > 0)
    zab_engine_start_transport (engine);
  else
    zab_engine_stop_transport (engine);
}

/* Some of everything, at random. */
static void
do_something (Fixture *self)
{
  ZabEngine  *engine = self->output.engine;
  const guint pad = any (self, ZAB_N_PADS);

  set_how_pads_play (self, pad);
  turn_knobs (self, pad);
  for (guint i = 0; i < 4; i++)
    zab_engine_play_pad (engine, any (self, ZAB_N_PADS), 1.0f);
  zab_engine_play_pad_at (engine, pad, 0.5f, zab_engine_get_clock (engine) + any (self, 9000));
  zab_engine_release_pad (engine, any (self, ZAB_N_PADS));
  if (any (self, 10) == 0)
    conduct (self);
  if (any (self, 20) == 0)
    zab_engine_unload_pad (engine, pad);
  if (any (self, 40) == 0)
    zab_engine_stop_all (engine);
}

static void
set_up (Fixture *self)
{
  *self = (Fixture){ .rand = g_rand_new_with_seed (1) };
  output_fixture_set_up (&self->output);
  g_signal_connect (self->output.engine, "loader-event", G_CALLBACK (on_loaded), self);
  output_fixture_wait_for_sound (&self->output);
}

static void
tear_down (Fixture *self)
{
  zab_engine_cancel_all_loads (self->output.engine);
  output_fixture_tear_down (&self->output);
  g_rand_free (self->rand);
}

static void
exercise (Fixture *self, ZabTestRecorder *recorder, guint n_rounds)
{
  for (guint i = 0; i < n_rounds; i++)
    {
      for (guint k = 0; k < N_IN_FLIGHT; k++)
        load_next (self);
      do_something (self);
      zab_test_recorder_step (recorder, CYCLES);
    }
}

/* A million callbacks; ZAB_TEST_CALLBACKS=50 makes it fifty thousand. */
static void
test_is_realtime (void)
{
  const guint n_rounds = n_thousands () * 1000 / CYCLES;
  g_autoptr (ZabTestRecorder) recorder = NULL;
  Fixture          self;
  ZabRtGuardReport report;

  zab_test_audio_force_quantum (SHORT_QUANTUM);
  recorder = zab_test_recorder_new ();
  set_up (&self);
  exercise (&self, recorder, 10); /* binds symbols, touches the stack */
  zab_rt_guard_reset ();
  exercise (&self, recorder, n_rounds);
  report = zab_rt_guard_get_report ();
  g_assert_cmpuint (report.sections, >=, N_SECTIONS * (guint64)n_rounds * CYCLES);
  g_assert_true (zab_rt_guard_is_clean ());
  for (guint i = 0; i < ZAB_N_PADS; i++)
    g_assert_cmpuint (self.loaded[i], >=, 1);
  tear_down (&self);
  zab_test_audio_force_quantum (0);
}

/* --- The control: a callback that does what it must not --------------------------------------- */

static void *volatile block;
static char *fresh; /* pages that nobody has touched */

static void
do_malloc (void)
{
  block = malloc (100);
  free (block);
}

static void
do_write (void)
{
  if (write (STDERR_FILENO, "", 0) < 0)
    abort ();
}

static void
do_page_fault (void)
{
  fresh[0] = 1;
  fresh += 4096;
}

static void
test_guard_notices (void)
{
  static const struct
  {
    void (*trespass) (void);
    ZabRtGuardKind kind;
  } cases[] = {
    { do_malloc, ZAB_RT_GUARD_ALLOCATE },
    { do_malloc, ZAB_RT_GUARD_FREE },
    { do_page_fault, ZAB_RT_GUARD_PAGE_FAULT },
#ifdef __x86_64__
    { do_write, ZAB_RT_GUARD_SYSTEM_CALL },
#endif
  };
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  Fixture self;

  fresh = mmap (NULL, 64 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  madvise (fresh, 64 * 4096, MADV_NOHUGEPAGE);
  set_up (&self);
  exercise (&self, recorder, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      zab_rt_guard_reset ();
      zab_rt_guard_mixer_trespass (cases[i].trespass);
      zab_test_recorder_step (recorder, 1);
      zab_rt_guard_mixer_trespass (NULL);
      g_assert_cmpuint (zab_rt_guard_get_report ().counts[cases[i].kind], ==, 1);
      g_assert_false (zab_rt_guard_is_clean ());
    }
  tear_down (&self);
}

/* --- Some library forks ----------------------------------------------------------------------- */

static float out[2 * QUANTUM];

static void
touch_stack (void)
{
  volatile char bytes[64 * 1024];

  for (guint i = 0; i < sizeof bytes; i += 1024)
    bytes[i] = 0;
}

static void
turn_all_knobs (ZabEngine *engine)
{
  for (guint pad = 0; pad < ZAB_N_PADS; pad++)
    {
      zab_engine_set_pad_param (engine, pad, ZAB_PARAM_SPEED, 0.5f);
      zab_engine_set_pad_param (engine, pad, ZAB_PARAM_PAN, 0.5f);
      zab_engine_set_pad_mode (engine, pad, ZAB_LAUNCH_LOOP);
    }
}

/* A fork makes what is written after it fault, page by page: not so the mixer's. */
static void
test_fork (void)
{
  ZabEngine *engine = zab_engine_new_offline (RATE);
  pid_t      child;

  zab_engine_render (engine, out, QUANTUM);
  child = fork ();
  if (child == 0)
    for (;;)
      pause ();
  g_assert_cmpint (child, >, 0);
  touch_stack ();
  memset (out, 0, sizeof out);
  zab_rt_guard_enter (); /* touches what the guard itself writes */
  zab_rt_guard_leave ();
  zab_rt_guard_reset ();
  for (guint i = 0; i < 20; i++)
    {
      turn_all_knobs (engine);
      zab_engine_render (engine, out, QUANTUM);
    }
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  g_assert_true (zab_rt_guard_is_clean ());
  zab_engine_shut_down (engine);
  g_object_unref (engine);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/engine/callback/fork", test_fork);
  zab_test_add ("/engine/callback/guard-notices", test_guard_notices);
  zab_test_add ("/engine/callback/is-realtime", test_is_realtime);
  return g_test_run ();
}
