/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zab-test-player: an ordinary PipeWire stream that plays the counter (lib/zab-test-signal.h), for
 * the tests of the rig. With --trigger it is silent but for 64 frames of the counter, again from
 * its start, at the next cycle after each byte on standard input. Ends with its input. */
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include <glib.h>
#include <pipewire/pipewire.h>
#include <spa/param/audio/format-utils.h>

#include "lib/zab-test-signal.h"

enum
{
  BURST = 64,
  STALL_USEC = 200000,
};

typedef struct
{
  struct pw_main_loop *loop;
  struct pw_stream    *stream;
  gboolean             trigger;
  gint64               wrong; /* this frame has one bit changed; -1: none */
  gint64               stall; /* the callback sleeps at this frame; -1: never */
  gint64               skip;  /* this frame of the counter is left out; -1: none */

  _Atomic uint32_t triggers; /* asked for, main to RT */
  uint64_t         frame;    /* RT: of the counter */
  uint32_t         burst;    /* RT: frames of it to come */
} Player;

/* Thread: RT */
static float
make_sample (Player *self, guint channel)
{
  float value = zab_test_counter (self->frame, channel);

  return (gint64)self->frame == self->wrong && channel == 1 ? value * (1 + FLT_EPSILON) : value;
}

/* Thread: RT */
static void
fill (Player *self, float *out, uint32_t n_frames)
{
  for (uint32_t i = 0; i < n_frames; i++, out += 2)
    {
      if (self->trigger && self->burst == 0)
        {
          out[0] = out[1] = 0;
          continue;
        }
      if ((gint64)self->frame == self->skip)
        self->frame++;
      out[0] = make_sample (self, 0);
      out[1] = make_sample (self, 1);
      self->frame++;
      self->burst -= self->burst > 0;
    }
}

/* Thread: RT */
static void
on_process (void *data)
{
  Player           *self = data;
  struct pw_buffer *buffer = pw_stream_dequeue_buffer (self->stream);
  const uint32_t    stride = 2 * sizeof (float);
  struct spa_data  *plane;
  uint32_t          n_frames;

  if (!buffer)
    return;
  plane = &buffer->buffer->datas[0];
  n_frames = plane->maxsize / stride;
  if (buffer->requested)
    n_frames = SPA_MIN (n_frames, (uint32_t)buffer->requested);
  if (atomic_exchange (&self->triggers, 0) > 0)
    {
      self->frame = 0;
      self->burst = BURST;
    }
  if (self->stall >= 0 && self->frame >= (uint64_t)self->stall)
    {
      self->stall = -1;
      usleep (STALL_USEC);
    }
  fill (self, plane->data, n_frames);
  plane->chunk->offset = 0;
  plane->chunk->stride = (int32_t)stride;
  plane->chunk->size = n_frames * stride;
  pw_stream_queue_buffer (self->stream, buffer);
}

static void
on_state_changed (void *data, enum pw_stream_state old, enum pw_stream_state state,
                  const char *error)
{
  Player *self = data;

  printf ("%s\n", pw_stream_state_as_string (state));
  fflush (stdout);
  if (state == PW_STREAM_STATE_ERROR)
    pw_main_loop_quit (self->loop);
}

static const struct pw_stream_events stream_events = {
  PW_VERSION_STREAM_EVENTS,
  .state_changed = on_state_changed,
  .process = on_process,
};

static void
on_input (void *data, int fd, uint32_t mask)
{
  Player *self = data;
  char    bytes[16];
  ssize_t n_bytes = read (fd, bytes, sizeof bytes);

  if (n_bytes <= 0)
    {
      pw_main_loop_quit (self->loop);
      return;
    }
  atomic_fetch_add (&self->triggers, (uint32_t)n_bytes);
  printf ("asked\n");
  fflush (stdout);
}

static void
connect_stream (Player *self)
{
  struct spa_audio_info_raw info
      = SPA_AUDIO_INFO_RAW_INIT (.format = SPA_AUDIO_FORMAT_F32, .channels = 2,
                                 .position = { SPA_AUDIO_CHANNEL_FL, SPA_AUDIO_CHANNEL_FR });
  uint8_t                memory[1024];
  struct spa_pod_builder builder = SPA_POD_BUILDER_INIT (memory, sizeof memory);
  const struct spa_pod *format = spa_format_audio_raw_build (&builder, SPA_PARAM_EnumFormat, &info);

  self->stream = pw_stream_new_simple (
      pw_main_loop_get_loop (self->loop), "player",
      pw_properties_new (PW_KEY_MEDIA_TYPE, "Audio", PW_KEY_MEDIA_CATEGORY, "Playback",
                         PW_KEY_NODE_NAME, "zab-test-player", NULL),
      &stream_events, self);
  pw_stream_connect (self->stream, PW_DIRECTION_OUTPUT, PW_ID_ANY,
                     PW_STREAM_FLAG_AUTOCONNECT | PW_STREAM_FLAG_MAP_BUFFERS
                         | PW_STREAM_FLAG_RT_PROCESS,
                     &format, 1);
}

int
main (int argc, char **argv)
{
  Player       self = { .wrong = -1, .stall = -1, .skip = -1 };
  GOptionEntry entries[] = {
    { "trigger", 't', 0, G_OPTION_ARG_NONE, &self.trigger, "A burst for each byte of input", NULL },
    { "wrong", 'w', 0, G_OPTION_ARG_INT64, &self.wrong, "Change one bit of frame N", "N" },
    { "stall", 'S', 0, G_OPTION_ARG_INT64, &self.stall, "Sleep 200 ms at frame N", "N" },
    { "skip", 's', 0, G_OPTION_ARG_INT64, &self.skip, "Leave out frame N", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "zab-test-player: %s\n", error->message);
      return 2;
    }
  pw_init (NULL, NULL);
  self.loop = pw_main_loop_new (NULL);
  pw_loop_add_io (pw_main_loop_get_loop (self.loop), STDIN_FILENO, SPA_IO_IN | SPA_IO_HUP, false,
                  on_input, &self);
  connect_stream (&self);
  pw_main_loop_run (self.loop);
  pw_stream_destroy (self.stream);
  pw_main_loop_destroy (self.loop);
  pw_deinit ();
  return 0;
}
