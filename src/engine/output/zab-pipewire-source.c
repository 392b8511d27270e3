/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/output/zab-pipewire-source.h"

#include <spa/utils/result.h>

typedef struct
{
  GSource         parent;
  struct pw_loop *loop;
} PipewireSource;

static gboolean
pipewire_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  PipewireSource *self = (PipewireSource *)source;
  int             result;

  pw_loop_enter (self->loop);
  result = pw_loop_iterate (self->loop, 0);
  pw_loop_leave (self->loop);
  if (result < 0)
    g_warning ("PipeWire's loop: %s", spa_strerror (result));
  return G_SOURCE_CONTINUE;
}

GSource *
zab_pipewire_source_new (struct pw_loop *loop)
{
  static GSourceFuncs funcs = { .dispatch = pipewire_source_dispatch };
  GSource            *source = g_source_new (&funcs, sizeof (PipewireSource));

  ((PipewireSource *)source)->loop = loop;
  g_source_set_static_name (source, "PipeWire");
  g_source_add_unix_fd (source, pw_loop_get_fd (loop), G_IO_IN | G_IO_ERR | G_IO_HUP);
  return source;
}
