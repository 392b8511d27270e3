/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-sample-buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "engine/load/zab-load-error.h"

/* The sample comes first: what the mixer gives back is the buffer again. */
struct _ZabSampleBuffer
{
  ZabSample        sample;
  gatomicrefcount  n_refs; /* of the finished sample */
  ZabSampleMemory *memory;
  gsize            size;      /* bytes of the budget, and of the map */
  void            *map;       /* NULL while nothing is mapped */
  gsize            n_present; /* bytes whose pages have been asked for */

  /* A shared one is written to and never mapped: that takes half the time of mapping it, filling it
   * and unmapping it before it is sealed, since no page is cleared first. */
  gboolean          shared;
  ZabSamplePartFunc hand_over;
  gpointer          user_data;
  int               fd;      /* of the part that is written; -1: none, or not yet */
  gsize             written; /* bytes of it */
  float            *block;   /* what comes next, on its way there */
  gsize             block_size;
};

static const gsize MIN_GROWTH = 1 << 20; /* bytes */
static const gsize PIECE = 2 << 20;      /* bytes: what holds the process's memory map at a time */
static const int   POPULATE_WRITE = 23;  /* MADV_POPULATE_WRITE, Linux 5.14 */

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

guint64
zab_sample_get_size (guint64 n_frames, guint channels)
{
  const gsize frame = channels * sizeof (float);

  return n_frames <= G_MAXSSIZE / frame / 2 ? round_to_pages (n_frames * frame) : 0;
}

ZabSampleBuffer *
zab_sample_buffer_new (ZabSampleMemory *memory, guint channels, guint rate)
{
  ZabSampleBuffer *self = g_new0 (ZabSampleBuffer, 1);

  g_atomic_ref_count_init (&self->n_refs);
  self->memory = zab_sample_memory_ref (memory);
  self->sample.channels = channels;
  self->sample.rate = rate;
  self->fd = -1;
  return self;
}

ZabSampleBuffer *
zab_sample_buffer_new_shared (ZabSampleMemory *memory, guint channels, guint rate,
                              ZabSamplePartFunc hand_over, gpointer user_data)
{
  ZabSampleBuffer *self = zab_sample_buffer_new (memory, channels, rate);

  self->shared = TRUE;
  self->hand_over = hand_over;
  self->user_data = user_data;
  return self;
}

void
zab_sample_unmap (void *map, gsize n_bytes)
{
  for (gsize at = 0; at < n_bytes; at += PIECE)
    munmap ((char *)map + at, MIN (PIECE, n_bytes - at));
}

void
zab_sample_buffer_free (ZabSampleBuffer *self)
{
  if (self->map != NULL)
    zab_sample_unmap (self->map, self->size);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->block);
  zab_sample_memory_give_back (self->memory, self->size);
  zab_sample_memory_unref (self->memory);
  g_free (self);
}

/* What was there stays there. */
static gboolean
map_more (ZabSampleBuffer *self, gsize size)
{
  void *map = self->map == NULL
                  ? mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                  : mremap (self->map, self->size, size, MREMAP_MAYMOVE);

  if (map == MAP_FAILED)
    return FALSE;
  self->map = map;
  self->sample.frames = map;
  return TRUE;
}

static gboolean
open_memfd (ZabSampleBuffer *self)
{
  if (self->fd < 0)
    self->fd = memfd_create ("zabumba-sample", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  return self->fd >= 0;
}

static gboolean
set_no_memory (GError **error)
{
  g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_TOO_LARGE,
               _ ("the system has no memory left for it"));
  return FALSE;
}

static gboolean
grow (ZabSampleBuffer *self, gsize size, GError **error)
{
  if (!zab_sample_memory_take (self->memory, size - self->size, error))
    return FALSE;
  if (!(self->shared ? open_memfd (self) : map_more (self, size)))
    {
      zab_sample_memory_give_back (self->memory, size - self->size);
      return set_no_memory (error);
    }
  self->size = size;
  return TRUE;
}

/* Pages that are soon to be written come a few hundred at a time: asked for one by one, in faults,
 * they cost three times as much; all at once, a header that promises too much would fill the
 * memory. Where the kernel can't, they fault. */
static void
make_present (ZabSampleBuffer *self, gsize needed)
{
  const gsize end = MIN (self->size, round_to_pages (needed) + MIN_GROWTH);

  if (needed <= self->n_present)
    return;
  madvise ((char *)self->map + self->n_present, end - self->n_present, POPULATE_WRITE);
  self->n_present = end;
}

gboolean
zab_sample_buffer_expect (ZabSampleBuffer *self, guint64 n_frames, GError **error)
{
  const gsize used = self->sample.n_frames * frame_size (self);

  if (n_frames > (G_MAXSSIZE - used) / frame_size (self) / 2)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_TOO_LARGE,
                   _ ("it is longer than any memory"));
      return FALSE;
    }
  if (used + n_frames * frame_size (self) > self->size)
    {
      const gsize needed = used + n_frames * frame_size (self);
      const gsize growth = self->size == 0 ? 0 : MAX (self->size / 2, MIN_GROWTH);

      return grow (self, round_to_pages (MAX (needed, self->size + growth)), error);
    }
  return TRUE;
}

/* Where what comes next goes, of a map that has room for it. */
static float *
get_room (ZabSampleBuffer *self, gsize n_bytes)
{
  const gsize used = self->sample.n_frames * frame_size (self);

  make_present (self, used + n_bytes);
  return (float *)self->map + used / sizeof (float);
}

static float *
get_block (ZabSampleBuffer *self, gsize n_bytes)
{
  if (n_bytes > self->block_size)
    {
      g_free (self->block);
      self->block = g_malloc (n_bytes);
      self->block_size = n_bytes;
    }
  return self->block;
}

float *
zab_sample_buffer_reserve (ZabSampleBuffer *self, guint64 n_frames, GError **error)
{
  if (!zab_sample_buffer_expect (self, n_frames, error))
    return NULL;
  return (self->shared ? get_block : get_room) (self, n_frames * frame_size (self));
}

static gboolean
seal (const ZabSampleBuffer *self, gsize size)
{
  return ftruncate (self->fd, (off_t)size) == 0
         && fcntl (self->fd, F_ADD_SEALS, ZAB_SAMPLE_SEALS) == 0;
}

/* The part is full and there is more: who waits for it may have it. */
static gboolean
begin_part (ZabSampleBuffer *self)
{
  if (!seal (self, ZAB_SAMPLE_PART))
    return FALSE;
  self->hand_over (self->fd, self->user_data);
  close (self->fd);
  self->fd = -1;
  self->written = 0;
  return open_memfd (self);
}

static gboolean
write_bytes (ZabSampleBuffer *self, const void *bytes, gsize n_bytes)
{
  for (gsize done = 0; done < n_bytes;)
    {
      gssize n;

      if (self->written == ZAB_SAMPLE_PART && !begin_part (self))
        return FALSE;
      n = write (self->fd, (const char *)bytes + done,
                 MIN (n_bytes - done, ZAB_SAMPLE_PART - self->written));
      if (n < 0 && errno != EINTR)
        return FALSE;
      done += (gsize)MAX (n, 0);
      self->written += (gsize)MAX (n, 0);
    }
  return TRUE;
}

/* @frames: of a shared one; those of a map are where they belong. */
static gboolean
add (ZabSampleBuffer *self, const float *frames, guint64 n_frames, GError **error)
{
  if (self->shared && !write_bytes (self, frames, n_frames * frame_size (self)))
    return set_no_memory (error);
  self->sample.n_frames += n_frames;
  g_assert (self->sample.n_frames * frame_size (self) <= self->size);
  return TRUE;
}

gboolean
zab_sample_buffer_commit (ZabSampleBuffer *self, guint64 n_frames, GError **error)
{
  return add (self, self->block, n_frames, error);
}

/* Without a block between where none is needed. */
gboolean
zab_sample_buffer_append (ZabSampleBuffer *self, const float *frames, guint64 n_frames,
                          GError **error)
{
  const gsize n_bytes = n_frames * frame_size (self);

  if (!zab_sample_buffer_expect (self, n_frames, error))
    return FALSE;
  if (!self->shared)
    memcpy (get_room (self, n_bytes), frames, n_bytes);
  return add (self, frames, n_frames, error);
}

guint64
zab_sample_buffer_get_n_frames (const ZabSampleBuffer *self)
{
  return self->sample.n_frames;
}

guint
zab_sample_buffer_get_channels (const ZabSampleBuffer *self)
{
  return self->sample.channels;
}

int
zab_sample_buffer_seal (ZabSampleBuffer *self, GError **error)
{
  const gsize size = round_to_pages (self->sample.n_frames * frame_size (self));

  g_assert (self->shared && self->fd >= 0);
  zab_sample_memory_give_back (self->memory, self->size - size);
  self->size = size;
  if (seal (self, round_to_pages (self->written)))
    return self->fd;
  g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_FAILED,
               _ ("its memory can’t be sealed: %s"), g_strerror (errno));
  return -1;
}

ZabSample *
zab_sample_new_mapped (ZabSampleMemory *memory, void *map, guint64 n_frames, guint channels,
                       guint rate)
{
  ZabSampleBuffer *self = zab_sample_buffer_new (memory, channels, rate);

  self->map = map;
  self->size = zab_sample_get_size (n_frames, channels);
  self->sample.frames = map;
  self->sample.n_frames = n_frames;
  return &self->sample;
}

ZabSample *
zab_sample_buffer_finish (ZabSampleBuffer *self)
{
  const gsize size = round_to_pages (self->sample.n_frames * frame_size (self));
  const gsize excess = self->size - size;

  if (excess > 0)
    {
      munmap ((char *)self->map + size, excess);
      zab_sample_memory_give_back (self->memory, excess);
      self->size = size;
    }
  if (size == 0)
    self->map = NULL;
  self->sample.frames = self->map;
  return &self->sample;
}

const ZabSample *
zab_sample_ref (const ZabSample *sample)
{
  g_atomic_ref_count_inc (&((ZabSampleBuffer *)sample)->n_refs);
  return sample;
}

void
zab_sample_unref (const ZabSample *sample)
{
  ZabSampleBuffer *self = (ZabSampleBuffer *)sample;

  if (g_atomic_ref_count_dec (&self->n_refs))
    zab_sample_buffer_free (self);
}

static void
free_in_thread (GTask *task, gpointer source, gpointer buffer, GCancellable *cancellable)
{
  zab_sample_buffer_free (buffer);
  g_task_return_boolean (task, TRUE);
}

void
zab_sample_unref_later (const ZabSample *sample)
{
  ZabSampleBuffer *self = (ZabSampleBuffer *)sample;
  g_autoptr (GTask) task = NULL;

  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, free_in_thread);
}
