/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/load/zab-load.h"

G_BEGIN_DECLS

/* The inside of a load worker: a process that loads what it is told to, one file at a time, and can
 * do nothing else (zab-sandbox.h). Two threads: while one loads, the other listens, so that a
 * cancellation is heard in mid-load and the end of the program ends the worker whatever its codec
 * does. */

enum
{
  ZAB_LOAD_WORKER_SOCKET = 3 /* the descriptor it is born with */
};

/* What a worker does with a file: zab_load_fd (), but in tests. */
typedef ZabSampleBuffer *(*ZabLoadBody) (int fd, const char *name, const ZabLoadSpec *spec,
                                         ZabSamplePartFunc hand_over, ZabLoadProgressFunc progress,
                                         gpointer user_data, GCancellable *cancellable,
                                         ZabLoaderSuccess *success, GError **error);

/* Loads every codec, enters the sandbox, says that it is ready, and serves until the other end of
 * the socket is closed. */
G_NORETURN void zab_load_worker_run (ZabLoadBody body);

G_END_DECLS
