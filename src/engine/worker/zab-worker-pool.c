/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/worker/zab-worker-pool.h"

#include "zab-config.h"

struct _ZabWorkerPool
{
  guint        n_workers;
  GAsyncQueue *idle; /* of ZabWorker */
};

/* Where it lies seen from the program's folder: installed, and in a build directory. */
static const char *const PLACES[] = { "../libexec", "worker", "../worker" };

static char *
find_beside_program (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup ("");

  for (guint i = 0; i < G_N_ELEMENTS (PLACES); i++)
    {
      g_autofree char *path = g_build_filename (folder, PLACES[i], "zabumba-load-worker", NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }
  return NULL;
}

char *
zab_worker_pool_find_program (void)
{
  const char      *wanted = g_getenv ("ZAB_LOAD_WORKER");
  g_autofree char *beside = find_beside_program ();

  if (wanted != NULL)
    return wanted[0] != '\0' ? g_strdup (wanted) : NULL;
  if (beside != NULL)
    return g_steal_pointer (&beside);
  if (g_file_test (ZAB_LIBEXEC_DIR "/zabumba-load-worker", G_FILE_TEST_IS_EXECUTABLE))
    return g_strdup (ZAB_LIBEXEC_DIR "/zabumba-load-worker");
  g_info ("Files are loaded without a worker process: zabumba-load-worker is not installed");
  return NULL;
}

ZabWorkerPool *
zab_worker_pool_new (const char *program, guint n_workers, const ZabWorkerPatience *patience)
{
  ZabWorkerPool *self = g_new0 (ZabWorkerPool, 1);

  self->n_workers = n_workers;
  self->idle = g_async_queue_new ();
  for (guint i = 0; i < n_workers; i++)
    g_async_queue_push (
        self->idle, zab_worker_new (program, patience != NULL ? patience : &ZAB_WORKER_PATIENCE));
  return self;
}

void
zab_worker_pool_free (ZabWorkerPool *self)
{
  g_assert ((guint)g_async_queue_length (self->idle) == self->n_workers);
  for (guint i = 0; i < self->n_workers; i++)
    zab_worker_free (g_async_queue_pop (self->idle));
  g_async_queue_unref (self->idle);
  g_free (self);
}

guint
zab_worker_pool_get_n_workers (ZabWorkerPool *self)
{
  return self->n_workers;
}

ZabSample *
zab_worker_pool_load_file (ZabWorkerPool *self, const ZabLoadSpec *spec,
                           ZabLoadProgressFunc progress, gpointer user_data,
                           GCancellable *cancellable, ZabLoaderSuccess *success, GError **error)
{
  ZabWorker *worker = g_async_queue_pop (self->idle);
  g_autoptr (GError) worker_error = NULL;
  ZabSample *sample = zab_worker_load_file (worker, spec, progress, user_data, cancellable, success,
                                            &worker_error);

  g_async_queue_push_front (self->idle, worker);
  if (sample != NULL)
    return sample;
  if (worker_error == NULL)
    return zab_load_file (spec, progress, user_data, cancellable, success, error);
  g_propagate_error (error, g_steal_pointer (&worker_error));
  return NULL;
}
