/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/load/zab-loader-event.h"
#include "engine/resample/zab-resampler.h"
#include "engine/zab-sample-buffer.h"

G_BEGIN_DECLS

/* The body of a load: a file in, finished frames out, nothing shared, so that it runs in a load
 * worker's process as well as in this one. */

/* Seconds: a file whose header promises more is one of unknown length. */
#define ZAB_LOAD_MAX_DURATION ((double)G_MAXUINT32)

typedef struct
{
  GFile           *file;
  guint            rate; /* Hz, wanted */
  ZabConverter     converter;
  guint            max_seconds; /* of its beginning that are wanted; 0: all of it */
  gboolean         alone;       /* no other file is loaded: another core may help */
  ZabSampleMemory *memory;
} ZabLoadSpec;

/* Called by the loading thread at every step, many times a second. */
typedef void (*ZabLoadProgressFunc) (ZabLoadStage stage, double fraction, gpointer user_data);

/* Opens @file, without waiting for a FIFO's writer: the descriptor, or -1 and a ZAB_LOAD_ERROR.
 * Thread: worker. */
int zab_load_open (GFile *file, GError **error);

/* How the file is called in messages (transfer full). Thread: any. */
char *zab_load_dup_name (GFile *file);

/* Decodes and resamples what @fd (borrowed) holds; the file in @spec does not count, @name is for
 * messages. With @hand_over the buffer is a shared one. NULL and a ZAB_LOAD_ERROR that names
 * the file, or G_IO_ERROR_CANCELLED. Fills @success; its warning is the caller's to free. Thread:
 * worker. */
ZabSampleBuffer *zab_load_fd (int fd, const char *name, const ZabLoadSpec *spec,
                              ZabSamplePartFunc hand_over, ZabLoadProgressFunc progress,
                              gpointer user_data, GCancellable *cancellable,
                              ZabLoaderSuccess *success, GError **error);

/* All of it, here. Thread: worker. */
ZabSample *zab_load_file (const ZabLoadSpec *spec, ZabLoadProgressFunc progress, gpointer user_data,
                          GCancellable *cancellable, ZabLoaderSuccess *success, GError **error);

/* Puts the file's name before what went wrong below, which knows the cause and not always the file.
 * Thread: any. */
void zab_load_name_the_file (GError **error, const char *name);

G_END_DECLS
