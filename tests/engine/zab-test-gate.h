/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/load/zab-load.h"

G_BEGIN_DECLS

/* Holds loading workers at a step of their job, so that a test decides what happens first. Give
 * zab_test_gate_observe () and the gate to zab_engine_set_load_observer (). */
typedef struct
{
  GMutex   lock;
  GCond    changed;
  gboolean open;
  guint    n_held;   /* workers that stand at the gate */
  guint    max_held; /* the most that ever stood there together */
} ZabTestGate;

void zab_test_gate_init (ZabTestGate *self, gboolean open);
void zab_test_gate_clear (ZabTestGate *self);

/* Thread: any. */
void  zab_test_gate_open (ZabTestGate *self);
void  zab_test_gate_close (ZabTestGate *self);
guint zab_test_gate_get_n_held (ZabTestGate *self);

/* ZabLoadProgressFunc. Thread: worker. */
void zab_test_gate_observe (ZabLoadStage stage, double fraction, gpointer gate);

G_END_DECLS
