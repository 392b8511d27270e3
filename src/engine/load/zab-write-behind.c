/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/load/zab-write-behind.h"

/* The thread is never woken: many kernels, of virtual machines above all, would let it wait on the
 * core that is decoding while the other has nothing to do. It naps, and whoever can't go on without
 * it does its work. */
enum
{
  N_BLOCKS = 8,
  MANY_BLOCKS = 4, /* that are worth a thread, and that room is waited for */
  NAP = 250        /* µs */
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
  gboolean     has_thread;
  Block        blocks[N_BLOCKS];

  GMutex lock; /* over all below; a block belongs to who makes it until it is put, and then to
                  who writes */
  GCond    written;
  guint    n_put; /* blocks, since the start */
  guint    n_written;
  gboolean is_writing; /* one or the other */
  gboolean stopped;
  GError  *error;
};

ZabWriteBehind *
zab_write_behind_new (gsize block_size, ZabWriteFunc write, gpointer user_data)
{
  ZabWriteBehind *self = g_atomic_rc_box_new0 (ZabWriteBehind);

  self->block_size = block_size;
  self->write = write;
  self->user_data = user_data;
  g_mutex_init (&self->lock);
  g_cond_init (&self->written);
  return self;
}

static void
clear (gpointer data)
{
  ZabWriteBehind *self = data;

  for (guint i = 0; i < N_BLOCKS; i++)
    g_free (self->blocks[i].frames);
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->written);
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
    {
      if (!self->is_writing)
        write_all (self);
      g_mutex_unlock (&self->lock);
      g_usleep (NAP);
      g_mutex_lock (&self->lock);
    }
  g_mutex_unlock (&self->lock);
  g_atomic_rc_box_release_full (self, clear);
  return NULL;
}

/* With the lock held. */
static void
wait_until_nobody_writes (ZabWriteBehind *self)
{
  while (self->is_writing)
    g_cond_wait (&self->written, &self->lock);
}

/* The thread finds out by itself: to wait for its end takes longer than to write four blocks. */
void
zab_write_behind_free (ZabWriteBehind *self)
{
  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  wait_until_nobody_writes (self);
  g_mutex_unlock (&self->lock);
  g_atomic_rc_box_release_full (self, clear);
}

/* With the lock held. Who has no room waits until there is a good deal of it, or makes it. */
static void
make_room (ZabWriteBehind *self)
{
  if (!self->is_writing)
    write_all (self);
  while (self->error == NULL && self->n_put - self->n_written > N_BLOCKS - MANY_BLOCKS)
    g_cond_wait (&self->written, &self->lock);
}

float *
zab_write_behind_get_room (ZabWriteBehind *self)
{
  Block   *block = &self->blocks[self->n_put % N_BLOCKS];
  gboolean failed;

  g_mutex_lock (&self->lock);
  if (self->n_put - self->n_written == N_BLOCKS)
    make_room (self);
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
  g_mutex_lock (&self->lock);
  self->blocks[self->n_put % N_BLOCKS].n_frames = n_frames;
  self->n_put++;
  g_mutex_unlock (&self->lock);
  if (self->has_thread || self->n_put < MANY_BLOCKS)
    return;
  self->has_thread = TRUE;
  g_thread_unref (g_thread_new ("write", run, g_atomic_rc_box_acquire (self)));
}

gboolean
zab_write_behind_finish (ZabWriteBehind *self, GError **error)
{
  GError *cause;

  g_mutex_lock (&self->lock);
  wait_until_nobody_writes (self);
  write_all (self);
  self->stopped = TRUE;
  cause = g_steal_pointer (&self->error);
  g_mutex_unlock (&self->lock);
  if (cause)
    g_propagate_error (error, cause);
  return !cause;
}
