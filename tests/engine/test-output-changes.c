/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The daemon, the device, the graph's rate and its quantum go and come while a loop plays: it goes
 * on at its place, and with it the transport, to the bit where the rate stays. The graph stands
 * still wherever a place is looked at. */
#include <math.h>

#include "lib/zab-test-audio.h"
#include "lib/zab-test-signal.h"
#include "lib/zab-test.h"
#include "output-fixture.h"
#include "zab-test-gate.h"

enum
{
  LOOP = 0, /* the pad that plays all the time */
  SHOT = 1, /* the pad that waits for a line */
  STEPS = 60,
  SIXTEENTH = 6000, /* frames, at 120 */
};

/* The loop and the transport start on the same frame of the mixer's clock, which is returned. */
static guint64
start_loop (OutputFixture *self)
{
  g_autoptr (ZabTestRecorder) recorder = NULL;
  guint64 start;

  output_fixture_load (self, LOOP);
  output_fixture_load (self, SHOT);
  output_fixture_wait_for_sound (self);
  recorder = zab_test_recorder_new ();
  zab_test_recorder_step (recorder, 20);
  g_assert_true (zab_engine_set_pad_loop (self->engine, LOOP, TRUE));
  g_assert_true (zab_engine_set_pad_quantise (self->engine, SHOT, ZAB_QUANTISE_1_16));
  start = zab_engine_get_clock (self->engine);
  g_assert_true (zab_engine_start_transport (self->engine));
  g_assert_true (zab_engine_play_pad (self->engine, LOOP, 1.0f));
  zab_test_recorder_step (recorder, 10);
  return start;
}

/* The graph goes on, to the end of time or until something happens to it. */
static void
let_it_run (OutputFixture *self, guint64 n_frames)
{
  const guint64 clock = zab_engine_get_clock (self->engine);

  zab_test_wait_until (zab_engine_get_clock (self->engine) > clock + n_frames);
}

static float
loop_at (guint64 start, guint64 clock, guint channel)
{
  return zab_test_counter ((clock - start) % LENGTH, channel);
}

/* What is heard from @clock of the mixer on, frame by frame, is the loop that began at @start; and
 * from the line of the grid on that follows @pressed, the other pad. */
static void
assert_goes_on (const float *heard, gsize n_frames, guint64 clock, guint64 start, guint64 pressed)
{
  const guint64 line = start + (pressed - start + SIXTEENTH - 1) / SIXTEENTH * SIXTEENTH;

  g_assert_cmpuint (line, <, clock + n_frames);
  for (guint64 i = 0; i < n_frames; i++)
    for (guint c = 0; c < 2; c++)
      {
        const guint64 now = clock + i;
        float         expected = loop_at (start, now, c);

        if (now >= line)
          expected += output_fixture_expected ((gint64)(now - line), c);
        g_assert_true (heard[2 * i + c] == expected);
      }
}

/* The loop is where it would be if nothing had happened, and so is the grid. */
static void
check_goes_on (OutputFixture *self, guint64 start)
{
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  g_autofree float *heard = NULL;
  guint64           graph, clock, first_clock;
  gsize             n_heard;

  graph = zab_test_recorder_step (recorder, 20);
  clock = zab_engine_get_clock (self->engine);
  g_assert_true (zab_engine_play_pad (self->engine, SHOT, 1.0f));
  zab_test_recorder_step (recorder, STEPS);
  heard = zab_test_recorder_finish (recorder, &n_heard, &first_clock);
  assert_goes_on (heard + 2 * (graph - first_clock), STEPS * QUANTUM, clock, start, clock);
}

/* Nothing renders any more: the loop stands at its place. */
static void
check_stands (OutputFixture *self, guint64 start)
{
  const guint64 clock = zab_engine_get_clock (self->engine);

  zab_test_drain ();
  g_assert_cmpuint (zab_engine_get_clock (self->engine), ==, clock);
  g_assert_cmpuint (zab_mixer_get_position (self->engine->mixer, LOOP), ==,
                    (clock - start) % LENGTH);
  g_assert_false (zab_engine_play_pad (self->engine, SHOT, 1.0f));
}

/* The sink is removed and returns: the loop stands and goes on with the frame that was next. */
static void
test_sink_returns (void)
{
  OutputFixture self;
  guint64       start;

  output_fixture_set_up (&self);
  start = start_loop (&self);
  for (guint i = 0; i < 3; i++)
    {
      let_it_run (&self, LENGTH / 2);
      zab_test_audio_remove_sink ();
      output_fixture_wait_for_state (&self, ZAB_OUTPUT_NO_DEVICE);
      check_stands (&self, start);
      output_fixture_load (&self, 2 + i);
      zab_test_audio_return_sink ();
      output_fixture_wait_for_sound (&self);
      check_goes_on (&self, start);
    }
  output_fixture_tear_down (&self);
}

/* The daemon dies and returns: loads end meanwhile, and the loop goes on with its next frame. */
static void
test_daemon_returns (void)
{
  OutputFixture self;
  guint64       start;

  output_fixture_set_up (&self);
  start = start_loop (&self);
  let_it_run (&self, LENGTH / 2);
  zab_test_audio_crash ();
  output_fixture_wait_for_state (&self, ZAB_OUTPUT_NO_DAEMON);
  check_stands (&self, start);
  for (guint i = 2; i < 10; i++)
    output_fixture_load (&self, i);
  zab_test_audio_start ();
  output_fixture_wait_for_sound (&self);
  check_goes_on (&self, start);
  g_assert_cmpuint (self.n_error, ==, 0);
  output_fixture_tear_down (&self);
}

static guint
read_quantum (OutputFixture *self)
{
  ZabDeadlineReading reading;

  zab_engine_read_deadline (self->engine, &reading);
  g_assert_cmpuint (reading.rate, ==, RATE);
  return reading.quantum;
}

/* The quantum changes, again and again: no frame is lost or heard twice, and the engine tells it.
 */
static void
test_quantum_change (void)
{
  const guint   quanta[] = { 64, 1024, 128, 16, 2048 };
  OutputFixture self;
  guint64       start;

  output_fixture_set_up (&self);
  start = start_loop (&self);
  for (guint i = 0; i < G_N_ELEMENTS (quanta); i++)
    {
      zab_test_audio_force_quantum (quanta[i]);
      let_it_run (&self, LENGTH);
      zab_test_wait_until (read_quantum (&self) == quanta[i]);
    }
  zab_test_audio_force_quantum (QUANTUM);
  check_goes_on (&self, start);
  zab_test_audio_force_quantum (0);
  output_fixture_tear_down (&self);
}

/* --- Another rate ---------------------------------------------------------------------------- */

static const double FREQUENCY = 480; /* of the sine in the loop: 240 periods */
static const double TOLERANCE = 1e-4;

static ZabVoice *
get_voice (OutputFixture *self)
{
  ZabMixer *mixer = self->engine->mixer;

  g_assert_cmpuint (zab_mixer_get_n_voices (mixer, LOOP), ==, 1);
  return &mixer->voices[mixer->pads[LOOP].first];
}

/* Seconds since the loop's start. */
static double
loop_place (OutputFixture *self)
{
  const ZabVoice *voice = get_voice (self);

  return ((double)voice->head.at + (double)voice->head.part * 0x1p-32) / voice->sample->rate;
}

/* Seconds since the transport's start, at 120. */
static double
transport_place (OutputFixture *self)
{
  const ZabTransport *transport = &self->engine->mixer->transport;
  const guint64       clock = zab_engine_get_clock (self->engine);

  return (double)(transport->position + (clock - transport->frame) * transport->tempo)
         / (120000.0 * transport->rate);
}

/* Loop and transport began together: they are a frame apart at most. */
static void
assert_in_time (OutputFixture *self)
{
  const double loop = (double)LENGTH / RATE;
  const double apart = remainder (transport_place (self) - loop_place (self), loop);

  g_test_message ("%.4f frames apart", apart * RATE);
  g_assert_cmpfloat (fabs (apart), <=, 1.0 / 44100);
}

/* What is heard while the voice bridges the rates is the sine, at its pitch and place. */
static void
check_bridged (OutputFixture *self)
{
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  const guint64     graph = zab_test_recorder_step (recorder, 20);
  const double      place = loop_place (self);
  g_autofree float *heard = NULL;
  guint64           first_clock;
  gsize             n_heard;
  double            worst = 0;

  g_assert_cmpuint (get_voice (self)->sample->rate, ==, RATE);
  assert_in_time (self);
  zab_test_recorder_step (recorder, STEPS);
  heard = zab_test_recorder_finish (recorder, &n_heard, &first_clock);
  for (gsize i = graph - first_clock; i < n_heard; i++)
    {
      const double time = place + (double)(i + first_clock - graph) / 44100;
      const double expected = 0.5 * sin (2 * G_PI * FREQUENCY * time);

      worst = MAX (worst, fabs ((double)heard[2 * i] - expected));
    }
  g_test_message ("the sine is off by %g", worst);
  g_assert_cmpfloat (worst, <, TOLERANCE);
}

/* What is heard with the converted sample is its own frames, to the bit. */
static void
check_converted (OutputFixture *self)
{
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  const guint64     graph = zab_test_recorder_step (recorder, 20);
  const ZabVoice   *voice = get_voice (self);
  const guint64     at = voice->head.at;
  g_autofree float *heard = NULL;
  guint64           first_clock;
  gsize             n_heard;

  g_assert_cmpuint (voice->sample->rate, ==, 44100);
  g_assert_cmpuint (voice->sample->n_frames, ==, LENGTH * 441 / 480);
  g_assert_cmpuint (voice->head.part, ==, 0);
  assert_in_time (self);
  zab_test_recorder_step (recorder, STEPS);
  heard = zab_test_recorder_finish (recorder, &n_heard, &first_clock);
  for (gsize i = graph - first_clock; i < n_heard; i++)
    {
      const guint64 frame = (at + i + first_clock - graph) % voice->sample->n_frames;

      for (guint c = 0; c < 2; c++)
        g_assert_true (heard[2 * i + c] == voice->sample->frames[2 * frame + c]);
    }
}

static void
change_rate (OutputFixture *self, guint rate)
{
  zab_test_audio_force_rate (rate);
  zab_test_wait_until (zab_engine_get_rate (self->engine) == rate);
  output_fixture_wait_for_sound (self);
}

/* The graph changes its rate: the voice bridges it, in time, while the files are converted again;
 * then it goes on with the new sample, whose frames are heard to the bit soon. */
static void
test_rate_change (void)
{
  OutputFixture     self;
  ZabTestGate       gate;
  g_autofree float *sine = g_new (float, 2 * LENGTH);

  output_fixture_set_up (&self);
  zab_test_fill_sine (sine, LENGTH, 2, FREQUENCY, RATE, 0.5);
  output_fixture_set_frames (&self, sine);
  start_loop (&self);
  let_it_run (&self, LENGTH / 3);
  zab_test_gate_init (&gate, FALSE);
  zab_engine_set_load_observer (self.engine, zab_test_gate_observe, &gate);
  change_rate (&self, 44100);
  check_bridged (&self);
  let_it_run (&self, LENGTH / 3);
  zab_test_gate_open (&gate);
  zab_test_wait_until (self.n_success == 4);
  let_it_run (&self, LENGTH / 3);
  check_converted (&self);
  change_rate (&self, RATE);
  zab_test_wait_until (self.n_success == 6);
  let_it_run (&self, LENGTH);
  zab_engine_stop_all (self.engine);
  zab_engine_set_load_observer (self.engine, NULL, NULL);
  zab_test_gate_clear (&gate);
  output_fixture_tear_down (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/engine/output-changes/sink-returns", test_sink_returns);
  zab_test_add ("/engine/output-changes/daemon-returns", test_daemon_returns);
  zab_test_add ("/engine/output-changes/quantum", test_quantum_change);
  zab_test_add ("/engine/output-changes/rate", test_rate_change);
  return g_test_run ();
}
