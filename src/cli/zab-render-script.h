/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/zab-render-setting.h"

G_BEGIN_DECLS

/* A script of timed commands for the mixer. One command a line, times in frames and never going
 * back; a line that begins with "#" is a comment:
 *
 *   0      load 0 kick.wav    a file, by its path from the script's folder
 *   0      loop 0 on          or off
 *   48000  play 0 1.0         velocity, 1 when left out; numbers are 0..16
 *   60000  gain 0 0.5         linear
 *   70000  volume 0.8         linear, of everything
 *   96000  stop 0
 *   96000  stop-all
 *   120000 unload 0
 *   144000 end
 *
 * and the settings of cli/zab-render-setting.h: 0 mode 0 gate. */
typedef enum
{
  ZAB_SCRIPT_LOAD,
  ZAB_SCRIPT_UNLOAD,
  ZAB_SCRIPT_PLAY,
  ZAB_SCRIPT_STOP,
  ZAB_SCRIPT_STOP_ALL,
  ZAB_SCRIPT_LOOP,
  ZAB_SCRIPT_GAIN,
  ZAB_SCRIPT_VOLUME,
  ZAB_SCRIPT_SETTING,
  ZAB_SCRIPT_END,
} ZabScriptVerb;

typedef struct
{
  guint         line; /* of the script, from 1 on */
  guint64       time; /* frames */
  ZabScriptVerb verb;
  guint         pad;
  double        value; /* velocity, gain, volume; loop: 0 or 1 */
  GFile        *file;  /* load */

  ZabRenderSetting setting;
} ZabScriptCommand;

/* An array of ZabScriptCommand whose last is END, or NULL and an error that names file and line. */
GArray *zab_render_script_read (GFile *file, GError **error);

G_END_DECLS
