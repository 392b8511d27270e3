/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-test-gate.h"

void
zab_test_gate_init (ZabTestGate *self, gboolean open)
{
  *self = (ZabTestGate){ .open = open };
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
}

void
zab_test_gate_clear (ZabTestGate *self)
{
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
}

static void
set_open (ZabTestGate *self, gboolean open)
{
  g_mutex_lock (&self->lock);
  self->open = open;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

void
zab_test_gate_open (ZabTestGate *self)
{
  set_open (self, TRUE);
}

void
zab_test_gate_close (ZabTestGate *self)
{
  set_open (self, FALSE);
}

guint
zab_test_gate_get_n_held (ZabTestGate *self)
{
  guint n_held;

  g_mutex_lock (&self->lock);
  n_held = self->n_held;
  g_mutex_unlock (&self->lock);
  return n_held;
}

void
zab_test_gate_observe (ZabLoadStage stage, double fraction, gpointer gate)
{
  ZabTestGate *self = gate;

  g_mutex_lock (&self->lock);
  self->n_held++;
  self->max_held = MAX (self->max_held, self->n_held);
  while (!self->open)
    g_cond_wait (&self->changed, &self->lock);
  self->n_held--;
  g_mutex_unlock (&self->lock);
}
