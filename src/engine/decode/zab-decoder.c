/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-decoder.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>

#include "engine/decode/zab-autoplug.h"
#include "engine/decode/zab-byte-source.h"
#include "engine/decode/zab-gst.h"
#include "engine/decode/zab-pcm.h"
#include "engine/decode/zab-probe.h"
#include "engine/decode/zab-pump.h"
#include "engine/load/zab-load-error.h"

enum
{
  STALL_USEC = 10 * G_USEC_PER_SEC,
  STALL_BYTES_PER_USEC = 10 /* 1 s more for each 10 MB */
};

struct _ZabDecoder
{
  char          *name;
  ZabByteSource *source;
  ZabProbe       probe;
  ZabPump       *pump;     /* either this */
  ZabAutoplug   *autoplug; /* or this */
  gint64         stall_limit;
  ZabPcm         pcm;
  ZabAudioInfo   info;
  gint64         skip;     /* frames still to be left out */
  gint64         n_given;  /* frames that read () gave */
  gboolean       ended;    /* nothing more will be read */
  gboolean       is_short; /* it ended before it should */
  gboolean       rate_changes;
  double         fraction;
  char          *warning;
};

static gint64
check_file (int fd, const char *name, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) < 0)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_READABLE,
                   _ ("“%s” can’t be read: %s"), name, g_strerror (errno));
      return -1;
    }
  if (S_ISDIR (info.st_mode))
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_REGULAR_FILE,
                   _ ("“%s” is a folder: choose a file in it"), name);
      return -1;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_REGULAR_FILE,
                   _ ("“%s” is a device or a pipe, not a file"), name);
      return -1;
    }
  if (info.st_size == 0)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_EMPTY, _ ("“%s” is empty"), name);
      return -1;
    }
  return info.st_size;
}

static GstSample *
next_sample (ZabDecoder *self, GCancellable *cancellable, GError **error)
{
  double     fraction;
  GstSample *sample;

  if (self->autoplug)
    {
      sample = zab_autoplug_next (self->autoplug, cancellable, error);
      fraction = zab_autoplug_get_fraction (self->autoplug);
    }
  else
    {
      sample = zab_pump_next (self->pump, cancellable, error);
      fraction = zab_pump_get_fraction (self->pump);
    }
  self->fraction = MAX (self->fraction, fraction);
  return sample;
}

/* Damage behind the first sound is worth a warning: that sound is there, after all. */
static gboolean
forgive (ZabDecoder *self, GError *cause)
{
  if (!cause || !self->pcm.caps || !g_error_matches (cause, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED))
    return FALSE;
  self->is_short = TRUE;
  return TRUE;
}

static gboolean
take (ZabDecoder *self, GstSample *sample, GError **error)
{
  gsize skip;

  if (!zab_pcm_take (&self->pcm, sample))
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED,
                   _ ("“%s” is damaged and can’t be decoded"), self->name);
      return FALSE;
    }
  skip = (gsize)MIN (self->skip, (gint64)zab_pcm_get_left (&self->pcm));
  zab_pcm_skip (&self->pcm, skip);
  self->skip -= (gint64)skip;
  return TRUE;
}

/* One rate a sample: what follows at another one is left out. */
static gboolean
has_other_rate (ZabDecoder *self)
{
  return self->info.rate != 0 && self->info.rate != (guint)GST_AUDIO_INFO_RATE (&self->pcm.info);
}

/* Makes frames ready in self->pcm: FALSE at the end or on error. */
static gboolean
fill (ZabDecoder *self, GCancellable *cancellable, GError **error)
{
  while (!self->ended && zab_pcm_get_left (&self->pcm) == 0)
    {
      g_autoptr (GError) cause = NULL;
      GstSample *sample = next_sample (self, cancellable, &cause);

      if (sample && take (self, sample, &cause))
        {
          self->ended = has_other_rate (self);
          self->rate_changes = self->ended;
          continue;
        }
      self->ended = TRUE;
      if (cause && !forgive (self, cause))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
    }
  return !self->ended;
}

static gboolean
start (ZabDecoder *self, gboolean alone, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;

  if (self->probe.codec == ZAB_CODEC_ANY)
    self->autoplug = zab_autoplug_new (self->source, self->name, self->stall_limit, error);
  else
    self->pump = zab_pump_new (&self->probe, self->source, self->name, alone, cancellable, error);
  if (!self->autoplug && !self->pump)
    return FALSE;
  self->skip = self->probe.skip;
  if (!fill (self, cancellable, &cause))
    {
      if (cause)
        g_propagate_error (error, cause);
      else
        g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_EMPTY,
                     _ ("“%s” contains no sound: not one sample could be decoded"), self->name);
      return FALSE;
    }
  self->info.rate = (guint)GST_AUDIO_INFO_RATE (&self->pcm.info);
  self->info.channels = self->pcm.n_channels;
  self->info.n_frames = self->probe.n_frames;
  self->info.is_coded = self->probe.codec != ZAB_CODEC_RAW;
  return zab_probe_check (self->name, self->info.rate,
                          (guint64)GST_AUDIO_INFO_CHANNELS (&self->pcm.info), error);
}

ZabDecoder *
zab_decoder_open (int fd, const char *name, GCancellable *cancellable, GError **error)
{
  return zab_decoder_open_with (fd, name, &(ZabDecoderOptions){ 0 }, cancellable, error);
}

ZabDecoder *
zab_decoder_open_with (int fd, const char *name, const ZabDecoderOptions *options,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (ZabDecoder) self = NULL;
  gint64 size;

  g_return_val_if_fail (name != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  size = check_file (fd, name, error);
  if (size < 0)
    return NULL;
  self = g_new0 (ZabDecoder, 1);
  self->name = g_strdup (name);
  self->source = zab_byte_source_new (fd, size);
  self->stall_limit
      = options->stall_limit > 0 ? options->stall_limit : STALL_USEC + size / STALL_BYTES_PER_USEC;
  if (!zab_probe_run (&self->probe, self->source, name, error) || !zab_gst_init (error))
    return NULL;
  if (!start (self, options->alone, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
zab_decoder_free (ZabDecoder *self)
{
  zab_pcm_clear (&self->pcm);
  g_clear_pointer (&self->pump, zab_pump_free);
  g_clear_pointer (&self->autoplug, zab_autoplug_free);
  zab_probe_clear (&self->probe);
  zab_byte_source_free (self->source);
  g_free (self->warning);
  g_free (self->name);
  g_free (self);
}

const ZabAudioInfo *
zab_decoder_get_info (ZabDecoder *self)
{
  return &self->info;
}

static void
finish (ZabDecoder *self)
{
  double rate = self->info.rate;

  self->ended = TRUE;
  self->fraction = 1;
  if (self->warning)
    return;
  if (self->rate_changes)
    self->warning = g_strdup_printf (
        _ ("“%s” changes its sample rate after %.2f seconds: what follows is left out"), self->name,
           (double)self->n_given / rate);
  else if (self->probe.is_first)
    self->warning = g_strdup_printf (
        _ ("“%s” holds several recordings in a row: only the first has been loaded"), self->name);
  else if (self->info.n_frames > self->n_given)
    self->warning = g_strdup_printf (
        _ ("“%s” is cut off or damaged: %.2f of %.2f seconds could be loaded"), self->name,
           (double)self->n_given / rate, (double)self->info.n_frames / rate);
  else if (self->is_short || self->probe.is_cut)
    self->warning
        = g_strdup_printf (_ ("“%s” is cut off or damaged: the first %.2f seconds could be loaded"),
                              self->name, (double)self->n_given / rate);
}

gssize
zab_decoder_read (ZabDecoder *self, float *frames, gsize max_frames, GCancellable *cancellable,
                  GError **error)
{
  gsize   done = 0;
  GError *cause = NULL;

  g_return_val_if_fail (max_frames > 0 && max_frames <= G_MAXSSIZE, -1);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  if (self->info.n_frames >= 0)
    max_frames = MIN (max_frames, (gsize)(self->info.n_frames - self->n_given));
  while (done < max_frames && fill (self, cancellable, &cause))
    {
      gsize n = MIN (max_frames - done, zab_pcm_get_left (&self->pcm));

      zab_pcm_read (&self->pcm, n, frames + done * self->info.channels);
      done += n;
    }
  if (cause)
    {
      g_propagate_error (error, cause);
      return -1;
    }
  self->n_given += (gint64)done;
  if (done == 0)
    finish (self);
  return (gssize)done;
}

double
zab_decoder_get_fraction (ZabDecoder *self)
{
  return self->fraction;
}

const char *
zab_decoder_get_warning (ZabDecoder *self)
{
  return self->warning;
}
