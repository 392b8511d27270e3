/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-set.h"

G_BEGIN_DECLS

/* Counts the pads of a set. Thread: main.
 *
 * Properties (read-only, notify on change):
 *   n-ready  guint    pads whose sound is loaded and whose last load did not fail
 *   n-used   guint    pads that are not empty */
#define ZAB_TYPE_SET_STATUS (zab_set_status_get_type ())
G_DECLARE_FINAL_TYPE (ZabSetStatus, zab_set_status, ZAB, SET_STATUS, GObject)

ZabSetStatus *zab_set_status_new (ZabSet *set);
guint         zab_set_status_get_n_ready (ZabSetStatus *self);
guint         zab_set_status_get_n_used (ZabSetStatus *self);

G_END_DECLS
