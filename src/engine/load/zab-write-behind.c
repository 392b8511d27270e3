/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/load/zab-write-behind.h"

/* To wake a thread takes as long as to write a good part of a block. */
enum
{
  N_BLOCKS = 8,
  MANY_BLOCKS = 4 /* that the thread is woken for, and that room is waited for */
};

typedef struct
{
  float *frames; /* NULL: not needed yet */
  gsize  n_frames;
} Block;

struct _ZabWriteBehind
{
  gsize        block_size;
  ZabWriteFunc write;
  gpointer     user_data;
  GThread     *thread; /* NULL: not needed yet */
  Block        blocks[N_BLOCKS];

  GMutex lock; /* over all below; a block belongs to who makes it until it is put, and then to
                  who writes */
  GCond    many_put;
  GCond    written;
  guint    n_put; /* blocks, since the start */
  guint    n_written;
  gboolean is_writing;
  gboolean stopped;
  GError  *error;
};

ZabWriteBehind *
zab_write_behind_new (gsize block_size, ZabWriteFunc write, gpointer user_data)
{
  ZabWriteBehind *self = g_new0 (ZabWriteBehind, 1);

  self->block_size = block_size;
  self->write = write;
  self->user_data = user_data;
  g_mutex_init (&self->lock);
  g_cond_init (&self->many_put);
  g_cond_init (&self->written);
  return self;
}

/* With the lock held, which it lets go for each block: writes what there is. */
static void
write_all (ZabWriteBehind *self)
{
  self->is_writing = TRUE;
  while (!self->stopped && self->error == NULL && self->n_written < self->n_put)
    {
      const Block *block = &self->blocks[self->n_written % N_BLOCKS];
      GError      *error = NULL;

      g_mutex_unlock (&self->lock);
      self->write (block->frames, block->n_frames, self->user_data, &error);
      g_mutex_lock (&self->lock);
      self->error = error;
      self->n_written++;
      if (self->n_put - self->n_written == N_BLOCKS - MANY_BLOCKS)
        g_cond_signal (&self->written);
    }
  self->is_writing = FALSE;
  g_cond_signal (&self->written);
}

static gpointer
run (gpointer data)
{
  ZabWriteBehind *self = data;

  g_mutex_lock (&self->lock);
  while (!self->stopped && self->error == NULL)
    if (!self->is_writing && self->n_put - self->n_written >= MANY_BLOCKS)
      write_all (self);
    else
      g_cond_wait (&self->many_put, &self->lock);
  g_mutex_unlock (&self->lock);
  return NULL;
}

static void
stop (ZabWriteBehind *self)
{
  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  g_cond_signal (&self->many_put);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&self->thread, g_thread_join);
}

void
zab_write_behind_free (ZabWriteBehind *self)
{
  stop (self);
  for (guint i = 0; i < N_BLOCKS; i++)
    g_free (self->blocks[i].frames);
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->many_put);
  g_cond_clear (&self->written);
  g_free (self);
}

/* Who finds no room waits until there is a good deal of it. */
float *
zab_write_behind_get_room (ZabWriteBehind *self)
{
  Block   *block = &self->blocks[self->n_put % N_BLOCKS];
  gboolean failed;

  g_mutex_lock (&self->lock);
  if (self->n_put - self->n_written == N_BLOCKS)
    while (self->error == NULL && self->n_put - self->n_written > N_BLOCKS - MANY_BLOCKS)
      g_cond_wait (&self->written, &self->lock);
  failed = self->error != NULL;
  g_mutex_unlock (&self->lock);
  if (failed)
    return NULL;
  if (block->frames == NULL)
    block->frames = g_new (float, self->block_size);
  return block->frames;
}

void
zab_write_behind_put (ZabWriteBehind *self, gsize n_frames)
{
  gboolean is_late;

  g_mutex_lock (&self->lock);
  self->blocks[self->n_put % N_BLOCKS].n_frames = n_frames;
  self->n_put++;
  is_late = !self->is_writing && self->n_put - self->n_written >= MANY_BLOCKS;
  if (is_late)
    g_cond_signal (&self->many_put);
  g_mutex_unlock (&self->lock);
  if (is_late && self->thread == NULL)
    self->thread = g_thread_new ("write", run, self);
}

gboolean
zab_write_behind_finish (ZabWriteBehind *self, GError **error)
{
  g_mutex_lock (&self->lock);
  while (self->is_writing)
    g_cond_wait (&self->written, &self->lock);
  write_all (self);
  g_mutex_unlock (&self->lock);
  stop (self);
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}
