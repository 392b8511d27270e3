/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-sample-buffer.h"

#include <glib/gi18n-lib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "engine/zab-load-error.h"

/* The sample comes first: what the mixer gives back is the buffer again. */
struct _ZabSampleBuffer
{
  ZabSample        sample;
  ZabSampleMemory *memory;
  void            *map; /* NULL while nothing is mapped */
  gsize            map_size;
};

static const gsize MIN_GROWTH = 1 << 20; /* bytes */

static gsize
round_to_pages (gsize n_bytes)
{
  const gsize page = (gsize)sysconf (_SC_PAGESIZE);

  return (n_bytes + page - 1) / page * page;
}

static gsize
frame_size (const ZabSampleBuffer *self)
{
  return self->sample.channels * sizeof (float);
}

ZabSampleBuffer *
zab_sample_buffer_new (ZabSampleMemory *memory, guint channels, guint rate)
{
  ZabSampleBuffer *self = g_new0 (ZabSampleBuffer, 1);

  self->memory = zab_sample_memory_ref (memory);
  self->sample.channels = channels;
  self->sample.rate = rate;
  return self;
}

void
zab_sample_buffer_free (ZabSampleBuffer *self)
{
  if (self->map != NULL)
    munmap (self->map, self->map_size);
  zab_sample_memory_give_back (self->memory, self->map_size);
  zab_sample_memory_unref (self->memory);
  g_free (self);
}

static gboolean
grow (ZabSampleBuffer *self, gsize size, GError **error)
{
  void *map;

  if (!zab_sample_memory_take (self->memory, size - self->map_size, error))
    return FALSE;
  if (self->map == NULL)
    map = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  else
    map = mremap (self->map, self->map_size, size, MREMAP_MAYMOVE);
  if (map == MAP_FAILED)
    {
      zab_sample_memory_give_back (self->memory, size - self->map_size);
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_TOO_LARGE,
                   _ ("the system has no memory left for it"));
      return FALSE;
    }
  self->map = map;
  self->map_size = size;
  self->sample.frames = map;
  return TRUE;
}

float *
zab_sample_buffer_reserve (ZabSampleBuffer *self, guint64 n_frames, GError **error)
{
  const gsize used = self->sample.n_frames * frame_size (self);

  if (n_frames > (G_MAXSSIZE - used) / frame_size (self) / 2)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_TOO_LARGE,
                   _ ("it is longer than any memory"));
      return NULL;
    }
  if (used + n_frames * frame_size (self) > self->map_size)
    {
      const gsize needed = used + n_frames * frame_size (self);
      const gsize growth = self->map == NULL ? 0 : MAX (self->map_size / 2, MIN_GROWTH);

      if (!grow (self, round_to_pages (MAX (needed, self->map_size + growth)), error))
        return NULL;
    }
  return (float *)self->map + self->sample.n_frames * self->sample.channels;
}

void
zab_sample_buffer_commit (ZabSampleBuffer *self, guint64 n_frames)
{
  self->sample.n_frames += n_frames;
  g_assert (self->sample.n_frames * frame_size (self) <= self->map_size);
}

guint64
zab_sample_buffer_get_n_frames (const ZabSampleBuffer *self)
{
  return self->sample.n_frames;
}

ZabSample *
zab_sample_buffer_finish (ZabSampleBuffer *self)
{
  const gsize size = round_to_pages (self->sample.n_frames * frame_size (self));
  const gsize excess = self->map_size - size;

  if (excess > 0)
    {
      munmap ((char *)self->map + size, excess);
      zab_sample_memory_give_back (self->memory, excess);
      self->map_size = size;
    }
  if (size == 0)
    self->map = NULL;
  self->sample.frames = self->map;
  return &self->sample;
}

void
zab_sample_free (ZabSample *sample)
{
  zab_sample_buffer_free ((ZabSampleBuffer *)sample);
}
