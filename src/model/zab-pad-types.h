/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What a pad can be and how it can answer. A set knows the values by their nicks, in quotes here;
 * docs/set-format.md. Thread: any, every function. */

typedef enum
{
  ZAB_PAD_EMPTY,   /* nothing on it */
  ZAB_PAD_WAITING, /* a load waits for its turn */
  ZAB_PAD_LOADING, /* a load runs: stage, fraction */
  ZAB_PAD_READY,   /* can be played */
  ZAB_PAD_FAILED,  /* the last load failed: error; has-sample tells whether an older sound plays */
} ZabPadState;

#define ZAB_TYPE_PAD_STATE (zab_pad_state_get_type ())
GType zab_pad_state_get_type (void);

typedef enum
{
  ZAB_PAD_MODE_ONE_SHOT, /* "one-shot": plays through; letting go means nothing */
  ZAB_PAD_MODE_GATE,     /* "gate": sounds while it is held */
  ZAB_PAD_MODE_TOGGLE,   /* "toggle": a press starts it, the next one stops it */
  ZAB_PAD_MODE_LOOP,     /* "loop": plays round and round, until it is stopped */
} ZabPadMode;

#define ZAB_TYPE_PAD_MODE (zab_pad_mode_get_type ())
GType zab_pad_mode_get_type (void);

/* What a start does with what the pad sounds already. */
typedef enum
{
  ZAB_PAD_RETRIGGER_RESTART, /* "restart": it fades away under the new start */
  ZAB_PAD_RETRIGGER_ADD,     /* "add": it sounds on */
} ZabPadRetrigger;

#define ZAB_TYPE_PAD_RETRIGGER (zab_pad_retrigger_get_type ())
GType zab_pad_retrigger_get_type (void);

/* The grid that starts and stops wait for while the transport runs; notes are fractions of a whole
 * note. */
typedef enum
{
  ZAB_PAD_QUANTISE_FOLLOW, /* "follow": a pad, as the session has it; the session has "off" */
  ZAB_PAD_QUANTISE_OFF,    /* "off" */
  ZAB_PAD_QUANTISE_1_16,   /* "1/16" */
  ZAB_PAD_QUANTISE_1_8,    /* "1/8" */
  ZAB_PAD_QUANTISE_1_4,    /* "1/4" */
  ZAB_PAD_QUANTISE_1_2,    /* "1/2" */
  ZAB_PAD_QUANTISE_1_BAR,  /* "1-bar" */
  ZAB_PAD_QUANTISE_2_BARS, /* "2-bars" */
  ZAB_PAD_QUANTISE_4_BARS, /* "4-bars" */
} ZabPadQuantise;

#define ZAB_TYPE_PAD_QUANTISE (zab_pad_quantise_get_type ())
GType zab_pad_quantise_get_type (void);

/* That the musician gave it. */
typedef enum
{
  ZAB_PAD_COLOR_NONE, /* "none" */
  ZAB_PAD_COLOR_RED,  /* "red", and so on */
  ZAB_PAD_COLOR_ORANGE,
  ZAB_PAD_COLOR_YELLOW,
  ZAB_PAD_COLOR_GREEN,
  ZAB_PAD_COLOR_BLUE,
  ZAB_PAD_COLOR_PURPLE,
  ZAB_PAD_COLOR_PINK,
  ZAB_PAD_COLOR_BROWN,
} ZabPadColor;

#define ZAB_TYPE_PAD_COLOR (zab_pad_color_get_type ())
GType zab_pad_color_get_type (void);

/* The nick of @value, one of the enumerations above. Static. */
const char *zab_pad_type_get_nick (GType type, int value);

G_END_DECLS
