/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-document.h"
#include "model/zab-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The waveform of a pad's sound, with its points to be moved: from the whole sound to single
 * frames. Fingers, mouse and keys: zab-waveform-canvas-input.c. Thread: main.
 *
 * Properties (read-write):
 *   pad        ZabPad *       or NULL
 *   session    ZabSession *   plays it, and has the tempo and the metre
 *   document   ZabDocument *  what is dragged is one step to undo
 *   snap-zero  gboolean       points go to where the sound crosses zero, TRUE
 *   beats      gboolean       the ruler counts beats, and points go to its lines, FALSE */
#define ZAB_TYPE_WAVEFORM_CANVAS (zab_waveform_canvas_get_type ())
G_DECLARE_FINAL_TYPE (ZabWaveformCanvas, zab_waveform_canvas, ZAB, WAVEFORM_CANVAS, GtkWidget)

/* Around the marker with the focus, or else the playhead, or else the middle. */
void zab_waveform_canvas_zoom (ZabWaveformCanvas *self, double factor);
void zab_waveform_canvas_show_all (ZabWaveformCanvas *self);

/* Plays the pad, or stops it. */
void zab_waveform_canvas_audition (ZabWaveformCanvas *self);

G_END_DECLS
