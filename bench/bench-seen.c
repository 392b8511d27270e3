/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-seen.h"

void
bench_seen_init (BenchSeen *self)
{
  self->stalls = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->works = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->gaps = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->n_long = 0;
}

void
bench_seen_forget (BenchSeen *self)
{
  g_array_set_size (self->stalls, 0);
  g_array_set_size (self->works, 0);
  g_array_set_size (self->gaps, 0);
  g_array_set_size (self->times, 0);
  self->n_long = 0;
}

static int
compare (const void *a, const void *b)
{
  const gint64 x = *(const gint64 *)a;
  const gint64 y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

/* ms below which so many of a hundred are. */
static double
get_percentile (GArray *values, guint percent)
{
  if (values->len == 0)
    return 0;
  g_array_sort (values, compare);
  return (double)g_array_index (values, gint64, (values->len - 1) * percent / 100) / 1000;
}

void
bench_seen_print_head (int n_rounds)
{
  g_print ("\n| ms, %d rounds | takes | longest stall: median, worst | its work: median, worst "
           "| stalls over 16.7 | frames | gap: median | 99 %% | longest | 99 %%, of idle |\n"
           "|---|---|---|---|---|---|---|---|---|---|\n",
           n_rounds);
}

void
bench_seen_print (BenchSeen *self, const char *name, BenchSeen *control)
{
  g_print ("| %s | %.0f | %.1f, %.1f | %.1f, %.1f | %u | %u | %.1f | %.1f | %.1f | ", name,
           get_percentile (self->times, 50), get_percentile (self->stalls, 50),
           get_percentile (self->stalls, 100), get_percentile (self->works, 50),
           get_percentile (self->works, 100), self->n_long, self->gaps->len,
           get_percentile (self->gaps, 50), get_percentile (self->gaps, 99),
           get_percentile (self->gaps, 100));
  if (control != NULL)
    g_print ("%.2f |\n", get_percentile (self->gaps, 99) / get_percentile (control->gaps, 99));
  else
    g_print ("|\n");
}
