/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/output/zab-output.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <pipewire/pipewire.h>
#include <spa/param/audio/format-utils.h>
#include <time.h>

#include "engine/output/zab-pipewire-source.h"
#include "engine/output/zab-rt-memory.h"
#include "zab-config.h"

static const guint RETRY_SECONDS = 1;
static const guint DEVICE_SECONDS = 1; /* after that without sound, there is no device */

struct _ZabOutput
{
  ZabMixer        *mixer;
  GMainContext    *context;
  ZabOutputChanged changed;
  gpointer         user_data;
  ZabOutputState   state;
  guint            rate;     /* Hz; 0: not known yet */
  ZabDeadline     *deadline; /* as zab_rt_memory_new (): the audio thread writes it */

  struct pw_loop    *loop;
  struct pw_context *pipewire;
  struct pw_core    *core;
  struct pw_stream  *stream;
  struct spa_hook    core_hook;
  struct spa_hook    stream_hook;
  GSource           *loop_source;
  GSource           *retry_source;
  GSource           *device_source;
};

GType
zab_output_state_get_type (void)
{
  static gsize            type;
  static const GEnumValue values[] = {
    { ZAB_OUTPUT_OFFLINE, "ZAB_OUTPUT_OFFLINE", "offline" },
    { ZAB_OUTPUT_CONNECTING, "ZAB_OUTPUT_CONNECTING", "connecting" },
    { ZAB_OUTPUT_NO_DAEMON, "ZAB_OUTPUT_NO_DAEMON", "no-daemon" },
    { ZAB_OUTPUT_NO_DEVICE, "ZAB_OUTPUT_NO_DEVICE", "no-device" },
    { ZAB_OUTPUT_RUNNING, "ZAB_OUTPUT_RUNNING", "running" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("ZabOutputState", values));
  return type;
}

const char *
zab_output_state_to_text (ZabOutputState state)
{
  switch (state)
    {
    case ZAB_OUTPUT_OFFLINE:
      return _ ("No sound: offline");
    case ZAB_OUTPUT_CONNECTING:
      return _ ("Connecting to PipeWire…");
    case ZAB_OUTPUT_NO_DAEMON:
      return _ ("No sound: PipeWire is not running");
    case ZAB_OUTPUT_NO_DEVICE:
      return _ ("No sound: there is no audio device to play to");
    case ZAB_OUTPUT_RUNNING:
      return _ ("Sound is on");
    }
  g_assert_not_reached ();
}

static void
set_state (ZabOutput *self, ZabOutputState state, guint rate)
{
  if (state == self->state && rate == self->rate)
    return;
  self->state = state;
  self->rate = rate;
  if (rate > 0)
    zab_mixer_set_rate (self->mixer, rate);
  self->changed (self->user_data);
}

/* Thread: RT. Of the vDSO: no system call. */
static uint64_t
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * SPA_NSEC_PER_SEC + (uint64_t)time.tv_nsec;
}

/* Thread: RT. */
static void
note_deadline (ZabOutput *self, uint64_t begin, uint32_t n_frames)
{
  struct pw_time time = { 0 };

  if (pw_stream_get_time_n (self->stream, &time, sizeof time) == 0 && time.rate.num > 0)
    zab_deadline_add (self->deadline, (uint64_t)time.now, begin, now (), n_frames,
                      time.rate.denom / time.rate.num);
}

/* Thread: RT. */
static void
on_process (void *data)
{
  ZabOutput        *self = data;
  const uint64_t    begin = now ();
  struct pw_buffer *buffer = pw_stream_dequeue_buffer (self->stream);
  struct spa_data  *block;
  uint32_t          n_frames;

  if (buffer == NULL)
    return;
  block = &buffer->buffer->datas[0];
  n_frames = block->maxsize / (2 * sizeof (float));
  if (buffer->requested > 0)
    n_frames = SPA_MIN (n_frames, (uint32_t)buffer->requested);
  zab_mixer_render (self->mixer, block->data, n_frames);
  block->chunk->offset = 0;
  block->chunk->stride = 2 * sizeof (float);
  block->chunk->size = n_frames * 2 * (uint32_t)sizeof (float);
  pw_stream_queue_buffer (self->stream, buffer);
  note_deadline (self, begin, n_frames);
}

static void schedule_retry (ZabOutput *self);

static void
on_state_changed (void *data, enum pw_stream_state old, enum pw_stream_state state,
                  const char *error)
{
  ZabOutput *self = data;

  switch (state)
    {
    case PW_STREAM_STATE_STREAMING:
      set_state (self, ZAB_OUTPUT_RUNNING, self->rate);
      break;
    case PW_STREAM_STATE_PAUSED:
      if (old == PW_STREAM_STATE_STREAMING)
        set_state (self, ZAB_OUTPUT_NO_DEVICE, self->rate);
      break;
    case PW_STREAM_STATE_ERROR:
      g_debug ("PipeWire stream: %s", error);
      set_state (self, ZAB_OUTPUT_NO_DEVICE, self->rate);
      schedule_retry (self);
      break;
    case PW_STREAM_STATE_UNCONNECTED:
    case PW_STREAM_STATE_CONNECTING:
      break;
    }
}

static void
on_param_changed (void *data, uint32_t id, const struct spa_pod *param)
{
  ZabOutput                *self = data;
  struct spa_audio_info_raw info = { 0 };

  if (id == SPA_PARAM_Format && param != NULL && spa_format_audio_raw_parse (param, &info) >= 0)
    set_state (self, self->state, info.rate);
}

static const struct pw_stream_events stream_events = {
  PW_VERSION_STREAM_EVENTS,
  .state_changed = on_state_changed,
  .param_changed = on_param_changed,
  .process = on_process,
};

/* The core is still in use while it tells this: taking it down waits for the retry. */
static void
on_core_error (void *data, uint32_t id, int seq, int result, const char *message)
{
  ZabOutput *self = data;

  if (id != PW_ID_CORE || result != -EPIPE)
    return;
  g_debug ("PipeWire has gone: %s", message);
  schedule_retry (self);
}

static const struct pw_core_events core_events = {
  PW_VERSION_CORE_EVENTS,
  .error = on_core_error,
};

static void
disconnect (ZabOutput *self)
{
  /* The realtime thread may be in on_process () until destroy () is back: no g_clear_pointer (),
   * which forgets the stream first. */
  if (self->stream != NULL)
    pw_stream_destroy (self->stream);
  self->stream = NULL;
  g_clear_pointer (&self->core, pw_core_disconnect);
}

static gboolean
connect_stream (ZabOutput *self)
{
  uint8_t                storage[1024];
  struct spa_pod_builder builder = SPA_POD_BUILDER_INIT (storage, sizeof storage);
  const struct spa_pod  *format = spa_format_audio_raw_build (
       &builder, SPA_PARAM_EnumFormat,
       &SPA_AUDIO_INFO_RAW_INIT (.format = SPA_AUDIO_FORMAT_F32, .channels = 2,
                                 .position = { SPA_AUDIO_CHANNEL_FL, SPA_AUDIO_CHANNEL_FR }));

  self->stream = pw_stream_new (
      self->core, "Zabumba",
      pw_properties_new (PW_KEY_MEDIA_TYPE, "Audio", PW_KEY_MEDIA_CATEGORY, "Playback",
                         PW_KEY_MEDIA_ROLE, "Production", PW_KEY_NODE_NAME, "zabumba",
                         PW_KEY_NODE_LATENCY, "256/48000", PW_KEY_APP_ID, ZAB_APP_ID,
                         PW_KEY_APP_ICON_NAME, ZAB_APP_ID, NULL));
  if (self->stream == NULL)
    return FALSE;
  pw_stream_add_listener (self->stream, &self->stream_hook, &stream_events, self);
  return pw_stream_connect (self->stream, PW_DIRECTION_OUTPUT, PW_ID_ANY,
                            PW_STREAM_FLAG_AUTOCONNECT | PW_STREAM_FLAG_MAP_BUFFERS
                                | PW_STREAM_FLAG_RT_PROCESS,
                            &format, 1)
         >= 0;
}

static void
cancel_timer (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
set_timer (ZabOutput *self, GSource **source, guint seconds, GSourceFunc func)
{
  if (*source != NULL)
    return;
  *source = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (*source, func, self, NULL);
  g_source_attach (*source, self->context);
}

/* A session manager that has no device, or no session manager at all, may say nothing. */
static gboolean
on_no_device (gpointer data)
{
  ZabOutput *self = data;

  g_clear_pointer (&self->device_source, g_source_unref);
  if (self->state == ZAB_OUTPUT_CONNECTING)
    set_state (self, ZAB_OUTPUT_NO_DEVICE, self->rate);
  return G_SOURCE_REMOVE;
}

static void
connect_output (ZabOutput *self)
{
  self->core = pw_context_connect (self->pipewire, NULL, 0);
  if (self->core != NULL)
    {
      pw_core_add_listener (self->core, &self->core_hook, &core_events, self);
      if (connect_stream (self))
        {
          set_timer (self, &self->device_source, DEVICE_SECONDS, on_no_device);
          set_state (self, ZAB_OUTPUT_CONNECTING, self->rate);
          return;
        }
    }
  disconnect (self);
  set_state (self, ZAB_OUTPUT_NO_DAEMON, self->rate);
  schedule_retry (self);
}

static gboolean
on_retry (gpointer data)
{
  ZabOutput *self = data;

  g_clear_pointer (&self->retry_source, g_source_unref);
  disconnect (self);
  connect_output (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_retry (ZabOutput *self)
{
  set_timer (self, &self->retry_source, RETRY_SECONDS, on_retry);
}

/* Before 1.3.81 a context gets a realtime data thread only from the config made for that. */
static gboolean
needs_rt_config (void)
{
  g_auto (GStrv) parts = g_strsplit (pw_get_library_version (), ".", 3);
  guint64 version = 0;

  for (char **part = parts; *part != NULL; part++)
    version = version * 1000 + g_ascii_strtoull (*part, NULL, 10);
  return version < 1003081;
}

ZabOutput *
zab_output_new (ZabMixer *mixer, GMainContext *context, ZabOutputChanged changed,
                gpointer user_data)
{
  ZabOutput *self = g_new0 (ZabOutput, 1);

  pw_init (NULL, NULL);
  self->mixer = mixer;
  self->deadline = zab_rt_memory_new (sizeof *self->deadline);
  self->context = g_main_context_ref (context);
  self->changed = changed;
  self->user_data = user_data;
  self->state = ZAB_OUTPUT_CONNECTING;
  self->loop = pw_loop_new (NULL);
  self->loop_source = zab_pipewire_source_new (self->loop);
  g_source_attach (self->loop_source, context);
  self->pipewire = pw_context_new (
      self->loop,
      needs_rt_config () ? pw_properties_new (PW_KEY_CONFIG_NAME, "client-rt.conf", NULL) : NULL,
      0);
  connect_output (self);
  return self;
}

void
zab_output_free (ZabOutput *self)
{
  cancel_timer (&self->retry_source);
  cancel_timer (&self->device_source);
  disconnect (self);
  g_clear_pointer (&self->pipewire, pw_context_destroy);
  g_source_destroy (self->loop_source);
  g_clear_pointer (&self->loop_source, g_source_unref);
  pw_loop_destroy (self->loop);
  g_main_context_unref (self->context);
  pw_deinit ();
  zab_rt_memory_free (g_steal_pointer (&self->deadline), sizeof *self->deadline);
  g_free (self);
}

ZabOutputState
zab_output_get_state (ZabOutput *self)
{
  return self->state;
}

guint
zab_output_get_rate (ZabOutput *self)
{
  return self->rate;
}

void
zab_output_read_deadline (ZabOutput *self, ZabDeadlineReading *reading)
{
  zab_deadline_read (self->deadline, reading);
}

gboolean
zab_output_is_attached (ZabOutput *self)
{
  return self->stream != NULL;
}
