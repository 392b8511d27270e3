/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  ZAB_OUTPUT_OFFLINE,    /* there is to be no sound */
  ZAB_OUTPUT_CONNECTING, /* to the daemon */
  ZAB_OUTPUT_NO_DAEMON,  /* PipeWire does not run; tried again every second */
  ZAB_OUTPUT_NO_DEVICE,  /* PipeWire runs, but nothing is there to play to */
  ZAB_OUTPUT_RUNNING,    /* there is sound */
} ZabOutputState;

#define ZAB_TYPE_OUTPUT_STATE (zab_output_state_get_type ())
GType zab_output_state_get_type (void);

/* The state in words, translated: "No sound: PipeWire is not running". Static. */
const char *zab_output_state_to_text (ZabOutputState state);

G_END_DECLS
