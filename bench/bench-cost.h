/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a window costs while nobody asks it for frames: processor time, and what it draws. */
typedef struct
{
  gint64 time;   /* all in ns */
  gint64 main;   /* processor time of the main thread */
  gint64 all;    /* of the program, the audio thread among it */
  gint64 server; /* of the X server, which draws too; 0: not known */
} BenchCost;

/* Now, since whenever. */
void bench_cost_read (BenchCost *self, GdkDisplay *display);

/* Adds what it took from @before until now. */
void bench_cost_add (BenchCost *self, const BenchCost *before, GdkDisplay *display);

void bench_cost_print_head (int n_rounds);

/* @n_ticks: how often the window's clock has ticked; @n_frames: how often something was drawn. */
void bench_cost_print (const BenchCost *self, const char *name, guint n_ticks);

G_END_DECLS
