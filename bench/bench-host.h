/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of the time that all programs here would have run, in clock ticks of all processors. */
typedef struct
{
  guint64 ran;
  guint64 stolen; /* by the host of a virtual machine, for others; 0 on a real one */
} BenchHost;

void bench_host_read (BenchHost *self);

/* Tells how much was stolen since @before: where it is more than a hundredth or two, what needs two
 * processors at once comes off worse than what needs one, and figures are not to be trusted. */
void bench_host_print (const BenchHost *before);

G_END_DECLS
