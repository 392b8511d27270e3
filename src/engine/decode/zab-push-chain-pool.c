/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-push-chain-private.h"

enum
{
  MAX_IDLE = 4 /* of one codec */
};

/* Chains that have done their work and wait for more of it: to make one takes longer than to decode
 * a drum. They are cleaned when there is time, or when they are taken, and then have nothing in
 * them that could be told from a new one. The last used is the first. */
static struct
{
  GMutex mutex;
  GQueue chains[ZAB_CODEC_ANY];
} idle;

/* One that knows @caps already, or nothing yet; NULL when a new one is better than to make one
 * forget. */
ZabPushChain *
zab_push_chain_take_idle (ZabCodec codec, const GstCaps *caps)
{
  GQueue       *chains = &idle.chains[codec];
  ZabPushChain *self = NULL;

  g_mutex_lock (&idle.mutex);
  for (GList *link = chains->head; link && !self; link = link->next)
    {
      const ZabPushChain *chain = link->data;

      if (!caps || !chain->caps || gst_caps_is_equal (chain->caps, caps))
        self = link->data;
    }
  if (!self && chains->length == MAX_IDLE)
    self = g_queue_peek_tail (chains);
  g_queue_remove (chains, self);
  g_mutex_unlock (&idle.mutex);
  return self;
}

void
zab_push_chain_put_idle (ZabPushChain *self)
{
  GQueue       *chains = &idle.chains[self->codec];
  ZabPushChain *surplus = NULL;

  g_mutex_lock (&idle.mutex);
  if (chains->length == MAX_IDLE)
    surplus = g_queue_pop_tail (chains);
  g_queue_push_head (chains, self);
  g_mutex_unlock (&idle.mutex);
  g_clear_pointer (&surplus, zab_push_chain_destroy);
}

/* One that has work behind it; NULL: there is none. */
static ZabPushChain *
take_used (void)
{
  ZabPushChain *self = NULL;

  g_mutex_lock (&idle.mutex);
  for (int codec = 0; codec < ZAB_CODEC_ANY && !self; codec++)
    {
      GList *link = idle.chains[codec].head;

      while (link && !((ZabPushChain *)link->data)->is_used)
        link = link->next;
      if (!link)
        continue;
      self = link->data;
      g_queue_delete_link (&idle.chains[codec], link);
    }
  g_mutex_unlock (&idle.mutex);
  return self;
}

void
zab_push_chain_clean_idle (void)
{
  ZabPushChain *self;

  while ((self = take_used ()))
    {
      zab_push_chain_clean (self);
      zab_push_chain_put_idle (self);
    }
}

void
zab_push_chain_free_idle (void)
{
  for (int codec = 0; codec < ZAB_CODEC_ANY; codec++)
    {
      GQueue chains;

      g_mutex_lock (&idle.mutex);
      chains = idle.chains[codec];
      g_queue_init (&idle.chains[codec]);
      g_mutex_unlock (&idle.mutex);
      g_queue_clear_full (&chains, (GDestroyNotify)zab_push_chain_destroy);
    }
}
