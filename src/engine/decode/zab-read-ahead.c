/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-read-ahead.h"

/* Who has to wait, waits for several blocks: to wake a thread takes as long as to decode a good
 * part of one. */
enum
{
  N_BLOCKS = 8,   /* ahead at most, that in hand included */
  MANY_BLOCKS = 4 /* that are waited for; fewer at the beginning, that a short file is not */
};

typedef struct
{
  float *frames;
  gssize n_frames; /* as zab_decoder_read () gave it: 0 or -1 in the last one */
  double fraction;
} Block;

struct _ZabReadAhead
{
  ZabDecoder   *decoder;
  GCancellable *cancellable;
  gsize         block_frames;
  GThread      *thread;
  GError       *error; /* of the block with -1 frames */
  Block         blocks[N_BLOCKS];
  guint         n_asked; /* blocks, since the start; by the one that takes them */

  GMutex   lock; /* over all below; a block belongs to the thread until it is counted */
  GCond    changed;
  guint    n_decoded; /* blocks, since the start */
  guint    n_taken;   /* blocks whose memory may be used again */
  guint    n_wanted;  /* decoded, by the one that waits for them; 0: nobody waits */
  gboolean full;      /* the thread waits for room */
  gboolean ended;     /* the last block is decoded */
  gboolean stopped;
};

static gboolean
has_room (const ZabReadAhead *self)
{
  return self->n_decoded - self->n_taken <= N_BLOCKS - MANY_BLOCKS;
}

/* FALSE: nobody wants any more. */
static gboolean
wait_for_room (ZabReadAhead *self)
{
  gboolean go_on;

  g_mutex_lock (&self->lock);
  self->full = self->n_decoded - self->n_taken == N_BLOCKS;
  while (!self->stopped && self->full && !has_room (self))
    g_cond_wait (&self->changed, &self->lock);
  self->full = FALSE;
  go_on = !self->stopped;
  g_mutex_unlock (&self->lock);
  return go_on;
}

static gboolean
has_wanted (const ZabReadAhead *self)
{
  return self->n_decoded >= self->n_wanted || self->ended;
}

static void
count (ZabReadAhead *self, gboolean ended)
{
  g_mutex_lock (&self->lock);
  self->n_decoded++;
  self->ended = ended;
  if (self->n_wanted > 0 && has_wanted (self))
    g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

static gpointer
decode (gpointer data)
{
  ZabReadAhead *self = data;
  Block        *block;

  do
    {
      if (!wait_for_room (self))
        return NULL;
      block = &self->blocks[self->n_decoded % N_BLOCKS];
      block->n_frames = zab_decoder_read (self->decoder, block->frames, self->block_frames,
                                          self->cancellable, &self->error);
      block->fraction = zab_decoder_get_fraction (self->decoder);
      count (self, block->n_frames <= 0);
    }
  while (!self->ended);
  return NULL;
}

ZabReadAhead *
zab_read_ahead_new (ZabDecoder *decoder, gsize block_frames, GCancellable *cancellable)
{
  ZabReadAhead *self = g_new0 (ZabReadAhead, 1);
  const guint   channels = zab_decoder_get_info (decoder)->channels;

  self->decoder = decoder;
  self->block_frames = block_frames;
  self->cancellable = cancellable;
  for (guint i = 0; i < N_BLOCKS; i++)
    self->blocks[i].frames = g_new (float, block_frames *channels);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->thread = g_thread_new ("decode", decode, self);
  return self;
}

void
zab_read_ahead_free (ZabReadAhead *self)
{
  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  for (guint i = 0; i < N_BLOCKS; i++)
    g_free (self->blocks[i].frames);
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

/* The block in hand stays untouched until the next one is asked for. */
gssize
zab_read_ahead_take (ZabReadAhead *self, const float **frames, double *fraction, GError **error)
{
  const Block *block = &self->blocks[self->n_asked % N_BLOCKS];

  g_mutex_lock (&self->lock);
  self->n_taken = self->n_asked++;
  if (self->full && has_room (self))
    g_cond_signal (&self->changed);
  if (self->n_decoded < self->n_asked)
    self->n_wanted = self->n_taken + CLAMP (self->n_asked / N_BLOCKS, 1, MANY_BLOCKS);
  while (!has_wanted (self))
    g_cond_wait (&self->changed, &self->lock);
  self->n_wanted = 0;
  g_mutex_unlock (&self->lock);
  *frames = block->frames;
  *fraction = block->fraction;
  if (block->n_frames < 0)
    g_propagate_error (error, g_steal_pointer (&self->error));
  return block->n_frames;
}
