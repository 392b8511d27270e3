/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/zab-loader-event.h"
#include "engine/zab-resampler.h"
#include "engine/zab-sample-buffer.h"

G_BEGIN_DECLS

/* The body of a load: a file in, finished frames out, nothing shared. */

typedef struct
{
  GFile           *file;
  guint            rate; /* Hz, wanted */
  ZabConverter     converter;
  ZabSampleMemory *memory;
} ZabLoadSpec;

/* Called by the loading thread at every step, many times a second. */
typedef void (*ZabLoadProgressFunc) (ZabLoadStage stage, double fraction, gpointer user_data);

/* Decodes and resamples the file: NULL and a ZAB_LOAD_ERROR that names it, or
 * G_IO_ERROR_CANCELLED. Fills @success; its warning is the caller's to free. Thread: worker. */
ZabSample *zab_load_file (const ZabLoadSpec *spec, ZabLoadProgressFunc progress, gpointer user_data,
                          GCancellable *cancellable, ZabLoaderSuccess *success, GError **error);

G_END_DECLS
