/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A pad's sound: how it comes, fails to come, and goes. */
#include <glib/gi18n-lib.h>

#include "model/zab-pad-private.h"
#include "model/zab-settings.h"
#include "rt/zab-rt.h"

static void
set_string (ZabPad *self, char **field, const char *value, guint prop)
{
  if (g_strcmp0 (*field, value) == 0)
    return;
  g_free (*field);
  *field = g_strdup (value);
  zab_pad_notify (self, prop);
}

static void
set_state (ZabPad *self, ZabPadState state)
{
  if (self->state == state)
    return;
  self->state = state;
  zab_pad_notify (self, ZAB_PAD_PROP_STATE);
}

static void
set_fraction (ZabPad *self, double fraction)
{
  if (!(self->fraction < fraction) && !(self->fraction > fraction))
    return;
  self->fraction = fraction;
  zab_pad_notify (self, ZAB_PAD_PROP_FRACTION);
}

static void
set_flag (ZabPad *self, gboolean *flag, gboolean value, guint prop)
{
  value = value != FALSE;
  if (*flag == value)
    return;
  *flag = value;
  zab_pad_notify (self, prop);
}

/* Past the number that files of a folder are put in order by, as in "07 Deep bass", where it only
 * says what the pad says too: its place in the bank. */
static const char *
skip_place (ZabPad *self, const char *name)
{
  char         *end;
  const guint64 number = g_ascii_strtoull (name, &end, 10);
  const char   *rest = end + strspn (end, " .-_");

  return end > name && g_ascii_isdigit (*name) && rest > end && *rest != '\0'
                 && number == self->index % ZAB_PADS_PER_BANK + 1
             ? rest
             : name;
}

/* The file's name without its ending: what a musician calls the sound. */
static char *
name_of_file (ZabPad *self, GFile *file)
{
  g_autofree char *base = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : g_strdup ("");
  char            *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  return g_strdup (skip_place (self, name));
}

/* A sound has the name that it was given until another takes its place. */
static void
set_file (ZabPad *self, GFile *file, const char *name)
{
  g_autofree char *own_name = name_of_file (self, file);
  const gboolean   same = file != NULL && self->file != NULL && g_file_equal (file, self->file);

  if (g_set_object (&self->file, file))
    zab_pad_notify (self, ZAB_PAD_PROP_FILE);
  if (name != NULL || !same)
    set_string (self, &self->name, name != NULL ? name : own_name, ZAB_PAD_PROP_NAME);
}

static void
keep (ZabPad *self, GFile *file, const char *name)
{
  char *copy = g_strdup (name);

  g_set_object (&self->kept, file);
  g_free (self->kept_name);
  self->kept_name = copy;
}

void
zab_pad_set_peaks (ZabPad *self, ZabPeaks *peaks)
{
  if (g_set_object (&self->peaks, peaks))
    zab_pad_notify (self, ZAB_PAD_PROP_PEAKS);
}

static void
set_loaded (ZabPad *self, GFile *file, double duration)
{
  const gboolean had = self->loaded != NULL;
  const gboolean longer = self->duration < duration || self->duration > duration;

  g_set_object (&self->loaded, file);
  self->duration = duration;
  zab_pad_set_peaks (self, NULL);
  if (longer)
    zab_pad_notify (self, ZAB_PAD_PROP_DURATION);
  if (had != (self->loaded != NULL))
    zab_pad_notify (self, ZAB_PAD_PROP_HAS_SAMPLE);
}

/* The load is over, one way or the other. */
static void
settle (ZabPad *self, ZabPadState state)
{
  set_string (self, &self->stage, "", ZAB_PAD_PROP_STAGE);
  set_fraction (self, -1);
  set_state (self, state);
}

static void
begin (ZabPad *self, GFile *file, const char *name)
{
  g_object_freeze_notify (G_OBJECT (self));
  set_flag (self, &self->missing, FALSE, ZAB_PAD_PROP_MISSING);
  set_string (self, &self->error, NULL, ZAB_PAD_PROP_ERROR);
  set_file (self, file, name);
  settle (self, ZAB_PAD_WAITING);
  g_object_thaw_notify (G_OBJECT (self));
}

void
zab_pad_begin_load (ZabPad *self, GFile *file)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  g_return_if_fail (G_IS_FILE (file));
  if (self->kept == NULL || self->file == self->kept)
    self->kept_tempo = zab_pad_get_tempo (self);
  begin (self, file, NULL);
}

void
zab_pad_begin_restore (ZabPad *self, GFile *file, const char *name)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  g_return_if_fail (G_IS_FILE (file));
  begin (self, file, name);
  keep (self, self->file, self->name);
}

void
zab_pad_set_progress (ZabPad *self, const char *stage, double fraction)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  g_object_freeze_notify (G_OBJECT (self));
  set_string (self, &self->stage, stage, ZAB_PAD_PROP_STAGE);
  set_fraction (self, fraction);
  set_state (self, ZAB_PAD_LOADING);
  g_object_thaw_notify (G_OBJECT (self));
}

void
zab_pad_end_load (ZabPad *self, double duration, const char *warning)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  g_return_if_fail (self->file != NULL);
  g_object_freeze_notify (G_OBJECT (self));
  set_flag (self, &self->missing, FALSE, ZAB_PAD_PROP_MISSING);
  set_string (self, &self->error, NULL, ZAB_PAD_PROP_ERROR);
  set_string (self, &self->warning, warning, ZAB_PAD_PROP_WARNING);
  set_loaded (self, self->file, duration);
  keep (self, self->file, self->name);
  settle (self, ZAB_PAD_READY);
  g_object_thaw_notify (G_OBJECT (self));
}

void
zab_pad_fail_load (ZabPad *self, const char *error, gboolean missing)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  g_object_freeze_notify (G_OBJECT (self));
  set_flag (self, &self->missing, missing, ZAB_PAD_PROP_MISSING);
  set_string (self, &self->error, error, ZAB_PAD_PROP_ERROR);
  settle (self, ZAB_PAD_FAILED);
  g_object_thaw_notify (G_OBJECT (self));
}

static ZabPadState
state_without_load (ZabPad *self)
{
  if (self->loaded != NULL)
    return ZAB_PAD_READY;
  return self->kept != NULL ? ZAB_PAD_FAILED : ZAB_PAD_EMPTY;
}

void
zab_pad_revert_load (ZabPad *self)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  g_object_freeze_notify (G_OBJECT (self));
  if (self->loaded == NULL && self->kept != NULL)
    set_string (self, &self->error, _ ("This sound has not been loaded"), ZAB_PAD_PROP_ERROR);
  else
    {
      set_flag (self, &self->missing, FALSE, ZAB_PAD_PROP_MISSING);
      set_string (self, &self->error, NULL, ZAB_PAD_PROP_ERROR);
    }
  if (self->kept != NULL && self->file != self->kept)
    zab_pad_set_tempo (self, self->kept_tempo);
  set_file (self, self->kept, self->kept_name);
  settle (self, state_without_load (self));
  g_object_thaw_notify (G_OBJECT (self));
}

void
zab_pad_forget_warning (ZabPad *self)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  set_string (self, &self->warning, NULL, ZAB_PAD_PROP_WARNING);
}

void
zab_pad_clear (ZabPad *self)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  g_object_freeze_notify (G_OBJECT (self));
  set_loaded (self, NULL, 0);
  keep (self, NULL, NULL);
  set_string (self, &self->warning, NULL, ZAB_PAD_PROP_WARNING);
  zab_pad_revert_load (self);
  zab_settings_apply (G_OBJECT (self), NULL);
  g_object_thaw_notify (G_OBJECT (self));
}

gboolean
zab_pad_set_activity (ZabPad *self, const ZabPadSound *sound)
{
  const gboolean was_playing = self->playing;

  g_return_val_if_fail (ZAB_IS_PAD (self), FALSE);
  self->position = sound->position;
  self->peak = sound->peak;
  self->rms = sound->rms;
  g_object_freeze_notify (G_OBJECT (self));
  set_flag (self, &self->playing, sound->playing, ZAB_PAD_PROP_PLAYING);
  set_flag (self, &self->fading, sound->fading, ZAB_PAD_PROP_FADING);
  set_flag (self, &self->armed, sound->armed, ZAB_PAD_PROP_ARMED);
  g_object_thaw_notify (G_OBJECT (self));
  return self->playing != was_playing;
}

void
zab_pad_read_meter (ZabPad *self, float *peak, float *rms)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  if (peak != NULL)
    *peak = self->peak;
  if (rms != NULL)
    *rms = self->rms;
}

GFile *
zab_pad_get_kept_file (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  if (self->kept == NULL || self->state == ZAB_PAD_WAITING || self->state == ZAB_PAD_LOADING)
    return self->file;
  return self->kept;
}

const char *
zab_pad_get_kept_name (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  return zab_pad_get_kept_file (self) == self->kept && self->kept != NULL ? self->kept_name
                                                                          : self->name;
}

void
zab_pad_set_name (ZabPad *self, const char *name)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  g_return_if_fail (name != NULL);
  if (self->file == self->kept && self->kept != NULL)
    keep (self, self->kept, name);
  set_string (self, &self->name, name, ZAB_PAD_PROP_NAME);
}
