/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/zab-waveform-canvas.h"
#include "ui/zab-waveform-marker.h"
#include "ui/zab-waveform-picture.h"
#include "ui/zab-waveform-span.h"

G_BEGIN_DECLS

/* What the canvas's own files share. Thread: main. */

/* A picture and what it shows. */
typedef struct
{
  ZabWaveformPicture facts;
  GdkTexture        *texture;
} ZabWaveformDrawn;

/* What the pointer has hold of. */
typedef enum
{
  ZAB_WAVEFORM_HOLD_NOTHING,
  ZAB_WAVEFORM_HOLD_POINT,
  ZAB_WAVEFORM_HOLD_WAVE,
  ZAB_WAVEFORM_HOLD_OVERVIEW,
} ZabWaveformHold;

struct _ZabWaveformCanvas
{
  GtkWidget parent_instance;

  ZabPad      *pad;
  ZabSession  *session;
  ZabDocument *document;
  gboolean     snap_zero;
  gboolean     beats;

  ZabWaveformSpan span;
  GtkWidget      *markers[ZAB_WAVEFORM_N_POINTS];
  char           *told; /* what screen readers were told of the span */

  /* What was drawn last, for as long as it is right. */
  ZabWaveformDrawn wave;
  ZabWaveformDrawn overview;
  GskRenderNode   *still; /* all but the playhead; NULL: to be drawn anew */
  PangoLayout     *text;
  int              playhead; /* px; -1: none in view */
  guint            tick;     /* follows the playhead */

  ZabWaveformHold  hold;
  ZabWaveformPoint held;
  double           hold_x;      /* from the pointer to what it holds */
  double           hold_first;  /* frame at the left edge when it was taken */
  double           hold_origin; /* s, of the grid */
  double           pointer_x;   /* where the mouse is, which scrolling does not tell */
  double           pinched;     /* scale of the two fingers so far */
  double           pinched_x;   /* and the middle between them */
};

/* Where things are, in px from the top. */
typedef struct
{
  int ruler;    /* height of the ruler, 0: there is no room for one */
  int wave;     /* height of the wave, which begins below */
  int overview; /* where it begins */
  int overview_height;
} ZabWaveformLayout;

ZabWaveformLayout zab_waveform_canvas_get_layout (ZabWaveformCanvas *self);

/* NULL while there is nothing to show. */
ZabPeaks *zab_waveform_canvas_get_peaks (ZabWaveformCanvas *self);

double zab_waveform_canvas_to_x (ZabWaveformCanvas *self, double seconds);
double zab_waveform_canvas_to_seconds (ZabWaveformCanvas *self, double x);

enum
{
  ZAB_WAVEFORM_LINE_DISTANCE = 18, /* px at least between lines of the grid */
  ZAB_WAVEFORM_LABEL_DISTANCE = 80 /* and between those that have a label */
};

/* How the ruler counts, and how far lines are apart that have at least @min_px between them. */
ZabWaveformRuler zab_waveform_canvas_get_ruler (ZabWaveformCanvas *self);
double zab_waveform_canvas_get_step (ZabWaveformCanvas *self, const ZabWaveformRuler *ruler,
                                     double min_px);

/* The span, the points or the looks have changed. */
void zab_waveform_canvas_update (ZabWaveformCanvas *self);

/* zab-waveform-canvas-draw.c */
void zab_waveform_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);
void zab_waveform_canvas_forget_drawn (ZabWaveformCanvas *self);
int  zab_waveform_canvas_get_playhead (ZabWaveformCanvas *self);

/* zab-waveform-canvas-input.c */
void     zab_waveform_canvas_add_controllers (ZabWaveformCanvas *self);
void     zab_waveform_canvas_let_go (ZabWaveformCanvas *self); /* of what the pointer holds */
gboolean zab_waveform_canvas_focus (GtkWidget *widget, GtkDirectionType direction);

/* The point of the marker with the focus; N_POINTS: none has it. */
ZabWaveformPoint zab_waveform_canvas_get_focused (ZabWaveformCanvas *self);

G_END_DECLS
