/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The editor of a pad's sound: its waveform (ui/zab-waveform-canvas.h) and the buttons to play it,
 * to zoom and to choose what points are drawn to. It takes whatever width and height it is given,
 * from 160 x 110 on. Thread: main.
 *
 * Properties (read-write):
 *   pad       ZabPad *       or NULL
 *   session   ZabSession *   plays it, and has the tempo and the metre
 *   document  ZabDocument *  what is dragged is one step to undo; or NULL */
#define ZAB_TYPE_WAVEFORM_VIEW (zab_waveform_view_get_type ())
G_DECLARE_FINAL_TYPE (ZabWaveformView, zab_waveform_view, ZAB, WAVEFORM_VIEW, GtkWidget)

GtkWidget *zab_waveform_view_new (void);

G_END_DECLS
