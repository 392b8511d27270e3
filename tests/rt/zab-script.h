/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "rt/zab-command.h"

G_BEGIN_DECLS

/* What a random script may do beyond what is played on whole frames. */
typedef enum
{
  ZAB_SCRIPT_PLAIN = 0,
  ZAB_SCRIPT_SPEED = 1 << 0, /* and samples at other rates, replaced ones, and both qualities */
  ZAB_SCRIPT_ISOLATOR = 1 << 1,
  ZAB_SCRIPT_LIMITER = 1 << 2, /* and a volume that is too loud */
  ZAB_SCRIPT_CROWD = 1 << 3,   /* more starts than may sound */
  ZAB_SCRIPT_EVERYTHING = ZAB_SCRIPT_SPEED | ZAB_SCRIPT_ISOLATOR | ZAB_SCRIPT_LIMITER,
} ZabScriptFeatures;

enum
{
  ZAB_SCRIPT_RATE = 48000,
  ZAB_SCRIPT_N_PADS = 10,   /* that it plays */
  ZAB_SCRIPT_N_SAMPLES = 8, /* that it loads */
};

/* Commands in the order of their times, all kinds of them. */
typedef struct
{
  guint      n_frames; /* that are to be rendered */
  ZabSample *samples[ZAB_SCRIPT_N_SAMPLES];
  GArray    *commands; /* of these, samples by their number in value */
} ZabScript;

ZabScript *zab_script_new (guint32 seed, ZabScriptFeatures features, guint n_frames);
void       zab_script_free (ZabScript *self);

/* Command @i, which has a ZabSample of its own where it has one, as pads own them; it is added to
 * @copies. */
ZabCommand zab_script_get (const ZabScript *self, guint i, GPtrArray *copies);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabScript, zab_script_free)

G_END_DECLS
