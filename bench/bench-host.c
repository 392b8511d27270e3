/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-host.h"

/* The first line of /proc/stat. */
enum
{
  IDLE = 3,
  IO_WAIT = 4,
  STEAL = 7,
  N_KINDS
};

void
bench_host_read (BenchHost *self)
{
  g_autofree char *text = NULL;
  guint64          ticks[N_KINDS] = { 0 };
  const char      *at;

  *self = (BenchHost){ 0 };
  if (!g_file_get_contents ("/proc/stat", &text, NULL, NULL) || !g_str_has_prefix (text, "cpu "))
    return;
  at = text + 4;
  for (guint i = 0; i < N_KINDS; i++)
    ticks[i] = g_ascii_strtoull (at, (char **)&at, 10);
  for (guint i = 0; i < N_KINDS; i++)
    if (i != IDLE && i != IO_WAIT && i != STEAL)
      self->ran += ticks[i];
  self->stolen = ticks[STEAL];
}

void
bench_host_print (const BenchHost *before)
{
  BenchHost now;
  guint64   stolen, wanted;

  bench_host_read (&now);
  stolen = now.stolen - before->stolen;
  wanted = now.ran - before->ran + stolen;
  g_print ("\nThe machine's host took %.1f %% of the time for others.\n",
           100.0 * (double)stolen / (double)MAX (wanted, 1));
}
