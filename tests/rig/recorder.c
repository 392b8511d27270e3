/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recorder.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <spa/param/audio/format-utils.h>

#define MAX_FRAMES ((uint64_t)48000 * 600)
#define STUCK_NSEC ((uint64_t)SPA_NSEC_PER_SEC * 2)
#define NUDGE_NSEC 5000000L

struct _Recorder
{
  struct pw_loop       *loop;
  struct pw_context    *context;
  struct pw_core       *core;
  struct pw_stream     *stream;
  struct spa_hook       stream_hook;
  struct spa_hook       core_hook;
  struct spa_source    *captured;
  struct spa_source    *nudge;
  RecorderMode          mode;
  const RecorderEvents *events;
  void                 *data;

  /* The graph's, valid while the stream is connected. */
  struct spa_io_position *position;
  struct spa_io_clock    *clock;

  /* Written by the data thread only. */
  float           *frames;
  _Atomic uint64_t n_frames;
  _Atomic uint32_t gaps;
  uint64_t         next_clock;
  uint64_t         first_clock;
  uint32_t         rate;

  /* Driving. */
  bool     in_cycle;
  uint64_t cycle_began; /* CLOCK_MONOTONIC, ns */
  uint32_t todo;        /* STEP: cycles still asked for */
  uint32_t stuck;
  bool     settled; /* STEP: the first is done */
  int      sync;    /* before, the number of the question to the daemon, or 0 */
  bool     synced;  /* and its answer is there */
};

static uint64_t
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (uint64_t)SPA_TIMESPEC_TO_NSEC (&time);
}

/* Thread: RT */
static void
follow_clock (Recorder *self, uint64_t n_frames)
{
  struct spa_io_clock *clock = &self->position->clock;

  if (n_frames == 0)
    {
      self->first_clock = clock->position;
      self->rate = clock->rate.denom;
    }
  else if (clock->position != self->next_clock)
    atomic_fetch_add (&self->gaps, 1);
  self->next_clock = clock->position + clock->duration;
}

/* Thread: RT */
static void
on_process (void *data)
{
  Recorder         *self = data;
  struct pw_buffer *buffer = pw_stream_dequeue_buffer (self->stream);
  uint64_t          n_frames = atomic_load (&self->n_frames);
  struct spa_data  *plane;
  uint32_t          size;

  if (!buffer)
    return;
  plane = &buffer->buffer->datas[0];
  size = plane->chunk->size / (2 * sizeof (float));
  if (self->position && n_frames + size <= MAX_FRAMES)
    {
      follow_clock (self, n_frames);
      memcpy (self->frames + 2 * n_frames, SPA_PTROFF (plane->data, plane->chunk->offset, float),
              size * 2 * sizeof (float));
      atomic_store (&self->n_frames, n_frames + size);
    }
  pw_stream_queue_buffer (self->stream, buffer);
  if (self->mode == RECORDER_FOLLOW)
    pw_loop_signal_event (self->loop, self->captured);
}

static void
on_captured (void *data, uint64_t count)
{
  Recorder *self = data;

  self->events->progressed (self->data);
}

/* The daemon takes nodes in while it answers: before the first step is done, each cycle waits for
 * it. From PipeWire 1.6 on all of them are over in less than that, and the cycle in which a node
 * joins is run twice. */
static bool
ask_daemon (Recorder *self)
{
  if (self->mode != RECORDER_STEP || self->settled || self->synced)
    return false;
  if (self->sync == 0)
    self->sync = pw_core_sync (self->core, PW_ID_CORE, 0);
  return true;
}

/* Begins a cycle if there is one to begin. The stream does not drive while the graph takes nodes
 * in or lets them go; on_nudge () tries again then. */
static void
begin_cycle (Recorder *self)
{
  struct spa_io_clock *clock = self->clock;
  uint64_t             duration;

  if (self->mode == RECORDER_FOLLOW || self->in_cycle
      || (self->mode == RECORDER_STEP && self->todo == 0) || !clock || !self->position
      || pw_stream_get_state (self->stream, NULL) != PW_STREAM_STATE_STREAMING
      || !pw_stream_is_driving (self->stream) || ask_daemon (self))
    return;
  self->synced = false;
  duration = self->position->clock.duration;
  clock->nsec = clock->next_nsec ? clock->next_nsec : now ();
  clock->next_nsec = clock->nsec + duration * SPA_NSEC_PER_SEC / self->position->clock.rate.denom;
  clock->position += duration;
  clock->rate_diff = 1.0;
  self->in_cycle = true;
  self->cycle_began = now ();
  pw_stream_trigger_process (self->stream);
}

/* The first step is for the graph to take its nodes in: until then another one may have driven it,
 * and what was heard in pieces is left out. */
static void
settle (Recorder *self)
{
  if (!self->settled && atomic_load (&self->gaps) > 0)
    {
      atomic_store (&self->n_frames, 0);
      atomic_store (&self->gaps, 0);
    }
  self->settled = true;
}

static void
on_trigger_done (void *data)
{
  Recorder *self = data;

  if (!self->in_cycle)
    return;
  self->in_cycle = false;
  self->events->progressed (self->data);
  if (self->mode == RECORDER_STEP && self->todo > 0 && --self->todo == 0)
    {
      settle (self);
      self->events->stepped (self->data);
    }
  begin_cycle (self);
}

/* A cycle that could not begin, or that a node that was just joining never finished. */
static void
on_nudge (void *data, uint64_t count)
{
  Recorder *self = data;

  if (self->in_cycle && now () - self->cycle_began > STUCK_NSEC)
    {
      self->stuck++;
      self->in_cycle = false;
      self->clock->position -= self->position->clock.duration; /* it is the same cycle */
    }
  begin_cycle (self);
}

static void
on_core_done (void *data, uint32_t id, int seq)
{
  Recorder *self = data;

  if (id != PW_ID_CORE || seq != self->sync)
    return;
  self->sync = 0;
  self->synced = true;
  begin_cycle (self);
}

static const struct pw_core_events core_events = {
  PW_VERSION_CORE_EVENTS,
  .done = on_core_done,
};

static void
on_state_changed (void *data, enum pw_stream_state old, enum pw_stream_state state,
                  const char *error)
{
  Recorder *self = data;

  if (state == PW_STREAM_STATE_STREAMING)
    {
      self->events->started (self->data);
      begin_cycle (self);
    }
  else if (state == PW_STREAM_STATE_ERROR)
    self->events->failed (self->data, error ? error : "stream error");
  else if (state == PW_STREAM_STATE_UNCONNECTED && old != state)
    self->events->failed (self->data, "the daemon has gone");
}

static void
on_io_changed (void *data, uint32_t id, void *area, uint32_t size)
{
  Recorder *self = data;

  if (id == SPA_IO_Position)
    self->position = area;
  else if (id == SPA_IO_Clock)
    self->clock = area;
}

static const struct pw_stream_events stream_events = {
  PW_VERSION_STREAM_EVENTS, .state_changed = on_state_changed, .io_changed = on_io_changed,
  .process = on_process,    .trigger_done = on_trigger_done,
};

static void
connect_stream (Recorder *self, const char *target)
{
  struct spa_audio_info_raw info
      = SPA_AUDIO_INFO_RAW_INIT (.format = SPA_AUDIO_FORMAT_F32, .channels = 2,
                                 .position = { SPA_AUDIO_CHANNEL_FL, SPA_AUDIO_CHANNEL_FR });
  uint8_t                memory[1024];
  struct spa_pod_builder builder = SPA_POD_BUILDER_INIT (memory, sizeof memory);
  const struct spa_pod *format = spa_format_audio_raw_build (&builder, SPA_PARAM_EnumFormat, &info);
  enum pw_stream_flags  flags
      = PW_STREAM_FLAG_AUTOCONNECT | PW_STREAM_FLAG_MAP_BUFFERS | PW_STREAM_FLAG_RT_PROCESS;

  self->stream = pw_stream_new (
      self->core, "recorder",
      pw_properties_new (PW_KEY_MEDIA_TYPE, "Audio", PW_KEY_MEDIA_CATEGORY, "Capture",
                         PW_KEY_NODE_NAME, "zab-test-recorder", PW_KEY_STREAM_CAPTURE_SINK, "true",
                         "target.object", target, PW_KEY_PRIORITY_DRIVER,
                         self->mode == RECORDER_FOLLOW ? "0" : "50000", NULL));
  pw_stream_add_listener (self->stream, &self->stream_hook, &stream_events, self);
  if (self->mode != RECORDER_FOLLOW)
    flags |= PW_STREAM_FLAG_DRIVER;
  pw_stream_connect (self->stream, PW_DIRECTION_INPUT, PW_ID_ANY, flags, &format, 1);
}

/* Before 1.3.81 only client-rt.conf gives the data thread its realtime class. */
static struct pw_properties *
make_context_properties (void)
{
#if PW_CHECK_VERSION(1, 3, 81)
  return NULL;
#else
  return pw_properties_new (PW_KEY_CONFIG_NAME, "client-rt.conf", NULL);
#endif
}

Recorder *
recorder_new (struct pw_loop *loop, const char *target, RecorderMode mode,
              const RecorderEvents *events, void *data)
{
  struct timespec every = { 0, NUDGE_NSEC };
  Recorder       *self = calloc (1, sizeof *self);

  self->loop = loop;
  self->mode = mode;
  self->events = events;
  self->data = data;
  self->frames = malloc (MAX_FRAMES * 2 * sizeof (float));
  self->captured = pw_loop_add_event (loop, on_captured, self);
  self->nudge = pw_loop_add_timer (loop, on_nudge, self);
  pw_loop_update_timer (loop, self->nudge, &every, &every, false);
  self->context = pw_context_new (loop, make_context_properties (), 0);
  self->core = pw_context_connect (self->context, NULL, 0);
  if (!self->core)
    {
      recorder_free (self);
      return NULL;
    }
  pw_core_add_listener (self->core, &self->core_hook, &core_events, self);
  connect_stream (self, target);
  return self;
}

void
recorder_free (Recorder *self)
{
  if (self->stream)
    {
      spa_hook_remove (&self->stream_hook);
      pw_stream_destroy (self->stream);
    }
  if (self->core)
    {
      spa_hook_remove (&self->core_hook);
      pw_core_disconnect (self->core);
    }
  pw_context_destroy (self->context);
  pw_loop_destroy_source (self->loop, self->nudge);
  pw_loop_destroy_source (self->loop, self->captured);
  free (self->frames);
  free (self);
}

void
recorder_step (Recorder *self, uint32_t n_cycles)
{
  self->todo += n_cycles;
  begin_cycle (self);
}

const float *
recorder_get_frames (Recorder *self, uint64_t *n_frames)
{
  *n_frames = atomic_load (&self->n_frames);
  return self->frames;
}

uint32_t
recorder_get_rate (Recorder *self)
{
  return self->rate;
}

uint64_t
recorder_get_first_clock (Recorder *self)
{
  return self->first_clock;
}

uint64_t
recorder_get_next_clock (Recorder *self)
{
  return self->clock ? self->clock->position + self->clock->duration : self->next_clock;
}

uint32_t
recorder_get_gaps (Recorder *self)
{
  return atomic_load (&self->gaps);
}

uint32_t
recorder_get_stuck (Recorder *self)
{
  return self->stuck;
}
