/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What was seen of a window in all rounds of one thing that it did, and how to tell it. µs. */
typedef struct
{
  GArray *stalls; /* gint64: the longest of each round */
  GArray *works;  /* the most work in one turn of the loop, of each round */
  GArray *gaps;   /* of every frame */
  GArray *times;  /* how long each round took */
  guint   n_long; /* stalls beyond a frame */
} BenchSeen;

void bench_seen_init (BenchSeen *self);
void bench_seen_forget (BenchSeen *self);

void bench_seen_print_head (int n_rounds);

/* @control: what to compare the frames with, or NULL. */
void bench_seen_print (BenchSeen *self, const char *name, BenchSeen *control);

G_END_DECLS
