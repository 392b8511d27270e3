/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resample/zab-resampler-tuning.h"

#include <fftw3.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "engine/resample/zab-resampler-cache.h"
#include "engine/resample/zab-resampler-kernel.h"

#define MAX_PLANNING_SECONDS 5.0

enum
{
  LOWEST_PRIORITY = 19
};

/* The one thread of the process that measures, there between start and stop; main thread only. */
static GThread *tuner;

/* The lines of the first processor that tell what it is and can do. */
static char *
describe_processor (void)
{
  static const char *const keys[]
      = { "vendor_id", "cpu family",      "model",    "stepping", "cache size", "flags",
          "Features",  "CPU implementer", "CPU part", "isa",      "cpu" };
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) description = g_string_new (NULL);

  if (!g_file_get_contents ("/proc/cpuinfo", &text, NULL, NULL))
    return g_strdup ("unknown");
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
      if (g_str_has_prefix (*line, keys[i]) && strchr ("\t:", (*line)[strlen (keys[i])]) != NULL)
        g_string_append_printf (description, "%s\n", *line);
  return g_string_free (g_steal_pointer (&description), FALSE);
}

char *
zab_resampler_get_wisdom_path (const char *directory)
{
  g_autofree char *processor = describe_processor ();
  g_autofree char *what = g_strconcat (fftw_version, "\n", processor, NULL);
  g_autofree char *key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, what, -1);
  g_autofree char *name = g_strdup_printf ("fftw-wisdom-%.16s", key);

  if (directory != NULL)
    return g_build_filename (directory, name, NULL);
  return g_build_filename (g_get_user_cache_dir (), "zabumba", name, NULL);
}

/* The file: the checksum of what follows, a line end, FFTW's own text. */
static void
read_wisdom (const char *path)
{
  g_autofree char *text = NULL, *checksum = NULL;
  char            *wisdom;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  wisdom = strchr (text, '\n');
  if (wisdom == NULL)
    return;
  *wisdom++ = '\0';
  checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, wisdom, -1);
  if (!g_str_equal (checksum, text))
    return;
  zab_fftw_lock ();
  fftw_import_wisdom_from_string (wisdom);
  zab_fftw_unlock ();
}

/* A cache that can't be written costs the next start its speed and nothing else. */
static void
write_wisdom (const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *checksum = NULL, *text = NULL;
  g_autoptr (GError) error = NULL;
  char *wisdom; /* FFTW's, freed by free () */

  zab_fftw_lock ();
  wisdom = fftw_export_wisdom_to_string ();
  zab_fftw_unlock ();
  checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, wisdom, -1);
  text = g_strconcat (checksum, "\n", wisdom, NULL);
  free (wisdom);
  g_mkdir_with_parents (directory, 0700);
  if (!g_file_set_contents (path, text, -1, &error))
    g_debug ("FFTW's wisdom is not kept: %s", error->message);
}

/* On Linux a priority belongs to a thread, here to this one, which ends with its work. */
static gpointer
tune (gpointer path)
{
  setpriority (PRIO_PROCESS, (id_t)gettid (), LOWEST_PRIORITY);
  while (zab_resampler_cache_measure_next ())
    write_wisdom (path);
  g_free (path);
  return NULL;
}

gboolean
zab_resampler_is_tunable (void)
{
  return zab_kernel_get_max_lanes () == 0;
}

void
zab_resampler_start_tuning (const char *directory)
{
  g_autofree char *path = zab_resampler_get_wisdom_path (directory);

  g_return_if_fail (tuner == NULL);
  read_wisdom (path);
  zab_fftw_lock ();
  fftw_set_timelimit (MAX_PLANNING_SECONDS);
  zab_fftw_unlock ();
  zab_resampler_cache_set_measuring (TRUE);
  tuner = g_thread_new ("resampler-tuner", tune, g_steal_pointer (&path));
}

void
zab_resampler_finish_tuning (void)
{
  zab_resampler_cache_wait_measured ();
}

void
zab_resampler_stop_tuning (void)
{
  if (tuner == NULL)
    return;
  zab_resampler_cache_set_measuring (FALSE);
  g_thread_join (g_steal_pointer (&tuner));
}
