/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-pad.h"

G_BEGIN_DECLS

/* From the state of a pad to what is shown and said of it; no widget is involved. Thread: main. */

/* What is known of a pad, as its properties tell (model/zab-pad.h). Strings are borrowed. */
typedef struct
{
  const char *label;
  const char *name;
  ZabPadState state;
  gboolean    has_sample;
  const char *stage;
  double      fraction;
  const char *error;
  const char *warning;
  double      duration;
  double      tempo; /* beats a minute; 0: not known */
  gboolean    missing;
  gboolean    playing;
  gboolean    fading;
  gboolean    armed;
  gboolean    mute;
  ZabPadMode  mode;
  ZabPadColor color;
  guint       bar, n_bars; /* of what plays, from 1; 0: not known */
  gboolean    selected;    /* in edit mode */
  gboolean    drop_target; /* what is dragged would land here */
  const char *cap;         /* of the key that plays it; NULL: not known */
} ZabPadFacts;

/* The small button in a pad's corner. */
typedef enum
{
  ZAB_PAD_CORNER_NONE,
  ZAB_PAD_CORNER_CANCEL,  /* the load */
  ZAB_PAD_CORNER_PROBLEM, /* tells why the load failed, or what is wrong with the sound */
} ZabPadCorner;

typedef struct
{
  const char *css_class;    /* of the state: "empty", "waiting", "loading", "ready", "failed" or
                               "missing" */
  const char  *color_class; /* of the musician's colour, as "red"; NULL: none */
  const char  *mode_icon;   /* NULL on an empty pad; icons' names are static */
  const char  *state_icon;  /* of armed, fading, mute and playing; or NULL */
  ZabPadCorner corner;
  double       fill;        /* 0..1: how much of the pad a load has filled */
  char        *status;      /* the small line on the pad; may be "" */
  char        *brief;       /* the same for a pad that has no room for it */
  char        *label;       /* for the screen reader: which pad, what is on it, its state */
  char        *description; /* for the screen reader: details; changes seldom; may be "" */
  char        *tooltip;     /* what the pad has no room for; NULL: nothing */
} ZabPadView;

/* All but what the pad does not know: the cap, bars, what is done with it. */
void zab_pad_facts_read (ZabPadFacts *facts, ZabPad *pad);

/* How many bars of @bar_beats quarter notes a sound of @duration seconds has; 0 where they don't
 * come out even, or are not known. */
guint zab_pad_view_count_bars (double duration, double tempo, double bar_beats);

/* For the screen reader: which pad, what is on it, its state. */
char *zab_pad_view_dup_label (const ZabPadFacts *facts);

/* Fills @view, whose strings zab_pad_view_clear () frees. */
void zab_pad_view_init (ZabPadView *view, const ZabPadFacts *facts);
void zab_pad_view_clear (ZabPadView *view);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZabPadView, zab_pad_view_clear)

G_END_DECLS
