/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/zab-engine.h"

G_BEGIN_DECLS

/* The script's verbs that set something, one function of the engine each: a table tells what they
 * are followed by. */

enum
{
  ZAB_RENDER_MAX_VALUES = 2
};

typedef struct
{
  guint  setting; /* which row of the table */
  guint  pad;
  double values[ZAB_RENDER_MAX_VALUES];
} ZabRenderSetting;

/* Whether there is a setting of that name, and which. */
gboolean zab_render_setting_find (const char *name, ZabRenderSetting *setting);

/* Reads what follows the name: @words is NULL-terminated. FALSE and an error in words. */
gboolean zab_render_setting_parse (ZabRenderSetting *setting, char **words, GError **error);

void zab_render_setting_apply (const ZabRenderSetting *setting, ZabEngine *engine);

/* A line about each, for the help text (transfer full). */
char *zab_render_setting_describe (void);

G_END_DECLS
