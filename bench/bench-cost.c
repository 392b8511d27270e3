/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-cost.h"

#include <gdk/x11/gdkx.h>
#include <sys/socket.h>
#include <time.h>

static gint64
read_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

/* Of the X server at the other end of the socket. */
static gint64
read_server (GdkDisplay *display)
{
  const int        fd = ConnectionNumber (gdk_x11_display_get_xdisplay (display));
  struct ucred     peer = { 0 };
  socklen_t        length = sizeof peer;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  if (getsockopt (fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0)
    return 0;
  path = g_strdup_printf ("/proc/%d/schedstat", peer.pid);
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  return g_ascii_strtoll (text, NULL, 10);
}

void
bench_cost_read (BenchCost *self, GdkDisplay *display)
{
  *self = (BenchCost){ read_clock (CLOCK_MONOTONIC), read_clock (CLOCK_THREAD_CPUTIME_ID),
                       read_clock (CLOCK_PROCESS_CPUTIME_ID), read_server (display) };
}

void
bench_cost_add (BenchCost *self, const BenchCost *before, GdkDisplay *display)
{
  BenchCost now;

  bench_cost_read (&now, display);
  self->time += now.time - before->time;
  self->main += now.main - before->main;
  self->all += now.all - before->all;
  self->server += now.server - before->server;
}

void
bench_cost_print_head (int n_rounds)
{
  g_print (
      "\n| of a core, %d rounds | main thread | X server | both | other threads | ticks of the "
      "frame clock a second |\n|---|---|---|---|---|---|\n",
      n_rounds);
}

void
bench_cost_print (const BenchCost *self, const char *name, guint n_ticks)
{
  const double percent = 100 / (double)self->time;

  g_print ("| %s | %.2f %% | %.2f %% | %.2f %% | %.2f %% | %.1f |\n", name,
           (double)self->main * percent, (double)self->server * percent,
           (double)(self->main + self->server) * percent,
           (double)(self->all - self->main) * percent, n_ticks * 1e9 / (double)self->time);
}
