/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/load/zab-load.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "engine/decode/zab-decoder.h"
#include "engine/load/zab-load-error.h"
#include "engine/load/zab-tempo-tag.h"
#include "engine/load/zab-write-behind.h"

enum
{
  BLOCK = 8192, /* frames decoded at a time */

  /* Blocks that are decoded and converted in one thread. Then a second one helps, sooner where
   * there is work for both. */
  BLOCKS_ALONE = 32,
  BUSY_ALONE = 2
};

typedef struct
{
  ZabDecoder         *decoder;
  ZabWriteBehind     *behind; /* uses resampler and buffer; or NULL */
  ZabWriteFunc        write;  /* what becomes of a block: keep () or convert () */
  ZabResampler       *resampler;
  ZabSampleBuffer    *buffer;
  float              *block; /* BLOCK x channels, at the file's rate */
  guint               n_alone;
  guint64             n_left;  /* frames that are still wanted, at the file's rate */
  gboolean            cut_off; /* there may be more than was wanted */
  ZabLoadProgressFunc progress;
  gpointer            user_data;
  GCancellable       *cancellable;
} Load;

static void
load_clear (Load *self)
{
  g_clear_pointer (&self->behind, zab_write_behind_free);
  g_clear_pointer (&self->decoder, zab_decoder_free);
  g_clear_pointer (&self->resampler, zab_resampler_free);
  g_clear_pointer (&self->buffer, zab_sample_buffer_free);
  g_clear_pointer (&self->block, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Load, load_clear)

static ZabLoadError
code_from_errno (int code)
{
  if (code == ENOENT || code == ENOTDIR)
    return ZAB_LOAD_ERROR_NOT_FOUND;
  if (code == ENXIO || code == EISDIR)
    return ZAB_LOAD_ERROR_NOT_REGULAR_FILE;
  return ZAB_LOAD_ERROR_NOT_READABLE;
}

char *
zab_load_dup_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return base != NULL ? g_filename_display_name (base) : g_file_get_uri (file);
}

int
zab_load_open (GFile *file, GError **error)
{
  g_autofree char *name = zab_load_dup_name (file);
  g_autofree char *path = g_file_get_path (file);
  int              fd;

  if (path == NULL)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_READABLE,
                   _ ("“%s” is not on this computer; copy it here first"), name);
      return -1;
    }
  fd = g_open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0);
  if (fd < 0 && errno == ENOENT)
    g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_FOUND,
                 _ ("“%s” can’t be found; it may have been moved or renamed"), name);
  else if (fd < 0)
    g_set_error (error, ZAB_LOAD_ERROR, (int)code_from_errno (errno),
                 _ ("“%s” can’t be opened: %s"), name, g_strerror (errno));
  return fd;
}

/* A known length is mapped at once; an unknown one grows. */
static gboolean
reserve_all (Load *self, GError **error)
{
  const ZabAudioInfo *info = zab_decoder_get_info (self->decoder);
  guint64             n_frames;

  if (info->n_frames <= 0)
    return TRUE;
  n_frames = MIN ((guint64)info->n_frames, self->n_left);
  n_frames = zab_resampler_get_length (self->resampler, n_frames)
             + zab_resampler_get_max_output (self->resampler, 0);
  return zab_sample_buffer_expect (self->buffer, n_frames, error);
}

/* ZabWriteFunc, of a file that has the rate that is wanted. */
static gboolean
keep (const float *frames, gsize n_frames, gpointer data, GError **error)
{
  Load *self = data;

  return !g_cancellable_set_error_if_cancelled (self->cancellable, error)
         && zab_resampler_push (self->resampler, frames, n_frames, NULL, error) >= 0
         && zab_sample_buffer_append (self->buffer, frames, n_frames, error);
}

/* Converts a block, or with @n_frames 0 the rest, into the sample's own memory. ZabWriteFunc: in
 * one thread or another. */
static gboolean
convert (const float *frames, gsize n_frames, gpointer data, GError **error)
{
  Load       *self = data;
  const gsize room = zab_resampler_get_max_output (self->resampler, n_frames);
  float      *out;
  gssize      n_out;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (room == 0)
    return TRUE; /* of a file without a frame there is no rest */
  out = zab_sample_buffer_reserve (self->buffer, room, error);
  if (out == NULL)
    return FALSE;
  n_out = n_frames > 0 ? zab_resampler_push (self->resampler, frames, n_frames, out, error)
                       : zab_resampler_finish (self->resampler, out, error);
  return n_out >= 0 && zab_sample_buffer_commit (self->buffer, (guint64)n_out, error);
}

static gboolean
load_open (Load *self, const ZabLoadSpec *spec, int fd, const char *name,
           ZabSamplePartFunc hand_over, GError **error)
{
  const ZabDecoderOptions options = { .alone = spec->alone };
  const ZabAudioInfo     *info;

  self->decoder = zab_decoder_open_with (fd, name, &options, self->cancellable, error);
  if (self->decoder == NULL)
    return FALSE;
  info = zab_decoder_get_info (self->decoder);
  self->resampler
      = zab_resampler_new (spec->converter, info->rate, spec->rate, info->channels, error);
  if (self->resampler == NULL)
    return FALSE;
  self->buffer = hand_over != NULL
                     ? zab_sample_buffer_new_shared (spec->memory, info->channels, spec->rate,
                                                     hand_over, self->user_data)
                     : zab_sample_buffer_new (spec->memory, info->channels, spec->rate);
  self->block = g_new (float, BLOCK * info->channels);
  self->write = info->rate == spec->rate ? keep : convert;
  self->n_alone = info->is_coded ? BUSY_ALONE : BLOCKS_ALONE;
  self->n_left = spec->max_seconds > 0 ? (guint64)spec->max_seconds * info->rate : G_MAXUINT64;
  return reserve_all (self, error);
}

/* Decodes a block: how many frames of it are wanted, 0 at the end, -1 on error. */
static gssize
decode (Load *self, float *block, GError **error)
{
  gssize n_frames = zab_decoder_read (self->decoder, block, BLOCK, self->cancellable, error);

  if (n_frames < 0)
    return -1;
  self->cut_off = (guint64)n_frames > self->n_left;
  n_frames = (gssize)MIN ((guint64)n_frames, self->n_left);
  self->n_left -= (guint64)n_frames;
  self->progress (ZAB_LOAD_STAGE_DECODING, zab_decoder_get_fraction (self->decoder),
                  self->user_data);
  return n_frames;
}

/* The beginning: all of it where the file is short. FALSE: it is not all; or an error. */
static gboolean
load_alone (Load *self, GError **error)
{
  gssize n_frames = 1;

  for (guint i = 0; i < self->n_alone && n_frames > 0 && !self->cut_off; i++)
    {
      n_frames = decode (self, self->block, error);
      if (n_frames < 0
          || (n_frames > 0 && !self->write (self->block, (gsize)n_frames, self, error)))
        return FALSE;
    }
  return n_frames == 0 || self->cut_off;
}

/* What is left, converted in a second thread. */
static gboolean
load_together (Load *self, GError **error)
{
  const gsize size = BLOCK * (gsize)zab_decoder_get_info (self->decoder)->channels;
  gssize      n_frames = 1;
  float      *block;

  self->behind = zab_write_behind_new (size, self->write, self);
  while (n_frames > 0 && !self->cut_off && (block = zab_write_behind_get_room (self->behind)))
    {
      n_frames = decode (self, block, error);
      if (n_frames < 0)
        return FALSE;
      if (n_frames > 0)
        zab_write_behind_put (self->behind, (gsize)n_frames);
    }
  return zab_write_behind_finish (self->behind, error);
}

static gboolean
load_frames (Load *self, GError **error)
{
  GError *cause = NULL;

  if (!load_alone (self, &cause) && cause == NULL)
    load_together (self, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  self->progress (ZAB_LOAD_STAGE_RESAMPLING, 1.0, self->user_data);
  return convert (NULL, 0, self, error);
}

static gboolean
check_not_empty (Load *self, const char *name, GError **error)
{
  if (zab_sample_buffer_get_n_frames (self->buffer) > 0)
    return TRUE;
  g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_EMPTY, _ ("“%s” holds no sound"), name);
  return FALSE;
}

/* Of all that is in the file; 0: nobody knows. */
static double
get_file_duration (Load *self, guint rate)
{
  const ZabAudioInfo *info = zab_decoder_get_info (self->decoder);
  double              duration;

  if (!self->cut_off)
    return (double)zab_sample_buffer_get_n_frames (self->buffer) / rate;
  duration = (double)MAX (info->n_frames, 0) / info->rate;
  return duration <= ZAB_LOAD_MAX_DURATION ? duration : 0;
}

void
zab_load_name_the_file (GError **error, const char *name)
{
  if (error != NULL && (*error)->domain == ZAB_LOAD_ERROR
      && strstr ((*error)->message, name) == NULL)
    g_prefix_error (error, _ ("“%s” can’t be loaded: "), name);
}

ZabSampleBuffer *
zab_load_fd (int fd, const char *name, const ZabLoadSpec *spec, ZabSamplePartFunc hand_over,
             ZabLoadProgressFunc progress, gpointer user_data, GCancellable *cancellable,
             ZabLoaderSuccess *success, GError **error)
{
  g_auto (Load) load = { .progress = progress, .user_data = user_data, .cancellable = cancellable };

  progress (ZAB_LOAD_STAGE_READING, 0.0, user_data);
  if (!load_open (&load, spec, fd, name, hand_over, error) || !load_frames (&load, error)
      || !check_not_empty (&load, name, error))
    {
      zab_load_name_the_file (error, name);
      return NULL;
    }
  *success = (ZabLoaderSuccess){
    .n_frames = zab_sample_buffer_get_n_frames (load.buffer),
    .duration = (double)zab_sample_buffer_get_n_frames (load.buffer) / spec->rate,
    .file_duration = get_file_duration (&load, spec->rate),
    .tempo = zab_tempo_tag_read (fd),
    .channels = zab_decoder_get_info (load.decoder)->channels,
    .rate = zab_decoder_get_info (load.decoder)->rate,
    .warning = g_strdup (zab_decoder_get_warning (load.decoder)),
  };
  return g_steal_pointer (&load.buffer);
}

ZabSample *
zab_load_file (const ZabLoadSpec *spec, ZabLoadProgressFunc progress, gpointer user_data,
               GCancellable *cancellable, ZabLoaderSuccess *success, GError **error)
{
  g_autofree char *name = zab_load_dup_name (spec->file);
  const int        fd = zab_load_open (spec->file, error);
  ZabSampleBuffer *buffer;

  if (fd < 0)
    return NULL;
  buffer = zab_load_fd (fd, name, spec, NULL, progress, user_data, cancellable, success, error);
  close (fd);
  return buffer != NULL ? zab_sample_buffer_finish (buffer) : NULL;
}
