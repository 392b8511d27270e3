/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ZabOutputState:
 * @ZAB_OUTPUT_OFFLINE: there is to be no sound
 * @ZAB_OUTPUT_CONNECTING: to the daemon, and to a device
 * @ZAB_OUTPUT_NO_DAEMON: PipeWire does not run; tried again every second
 * @ZAB_OUTPUT_NO_DEVICE: PipeWire runs, but there is nothing to play to
 * @ZAB_OUTPUT_RUNNING: there is sound
 *
 * What an engine has to play to.
 */
typedef enum
{
  ZAB_OUTPUT_OFFLINE,
  ZAB_OUTPUT_CONNECTING,
  ZAB_OUTPUT_NO_DAEMON,
  ZAB_OUTPUT_NO_DEVICE,
  ZAB_OUTPUT_RUNNING,
} ZabOutputState;

#define ZAB_TYPE_OUTPUT_STATE (zab_output_state_get_type ())
GType zab_output_state_get_type (void);

/**
 * zab_output_state_to_text:
 * @state: a state
 *
 * The state in words, translated: "No sound: PipeWire is not running". Thread: any.
 *
 * Returns: static text
 */
const char *zab_output_state_to_text (ZabOutputState state);

G_END_DECLS
