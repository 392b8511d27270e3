/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session has the peaks of each sound computed that comes: on one worker at a time, for the
 * pads that can be seen first. They belong to a sample, not to a pad: what comes back for another
 * one than the pad has now is dropped. */
#include "model/zab-session-private.h"

#include "model/zab-pad-private.h"
#include "model/zab-peaks-private.h"

static void compute_next (ZabSession *self);

static gboolean
is_of_pad (ZabSession *self, ZabPeaks *peaks, guint pad)
{
  const ZabSample *sample = zab_engine_ref_sample (self->engine, pad);
  const gboolean   is = sample == peaks->sample;

  if (sample != NULL)
    zab_sample_unref_later (sample);
  return is;
}

static void
on_computed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZabSession) self = user_data;
  g_autoptr (ZabPeaks) peaks = zab_peaks_new_finish (result, NULL);

  g_clear_object (&self->peaks_cancellable);
  if (self->engine == NULL)
    return;
  if (peaks != NULL && is_of_pad (self, peaks, self->peaks_pad))
    zab_pad_set_peaks (zab_set_get_pad (self->set, self->peaks_pad), peaks);
  compute_next (self);
}

static void
compute (ZabSession *self, guint pad)
{
  const ZabSample *sample = zab_engine_ref_sample (self->engine, pad);

  self->wants_peaks[pad] = FALSE;
  if (sample == NULL)
    return;
  self->peaks_pad = pad;
  self->peaks_cancellable = g_cancellable_new ();
  zab_peaks_new_async (sample, self->peaks_cancellable, on_computed, g_object_ref (self));
  zab_sample_unref_later (sample);
}

static void
compute_next (ZabSession *self)
{
  const guint seen = self->bank * ZAB_PADS_PER_BANK;

  for (guint i = 0; i < ZAB_N_PADS && self->peaks_cancellable == NULL; i++)
    if (self->wants_peaks[(seen + i) % ZAB_N_PADS])
      compute (self, (seen + i) % ZAB_N_PADS);
}

void
zab_session_forget_peaks (ZabSession *self, guint pad)
{
  self->wants_peaks[pad] = FALSE;
  if (self->peaks_cancellable != NULL && self->peaks_pad == pad)
    g_cancellable_cancel (self->peaks_cancellable);
  zab_pad_set_peaks (zab_set_get_pad (self->set, pad), NULL);
}

/* Also of loads that the engine makes by itself, when the rate of the graph has changed. */
static void
on_loader_event (ZabEngine *engine, ZabLoaderEvent *event, ZabSession *self)
{
  if (event->type != ZAB_LOADER_EVENT_SUCCESS)
    return;
  zab_session_forget_peaks (self, event->pad);
  self->wants_peaks[event->pad] = TRUE;
  compute_next (self);
}

void
zab_session_follow_peaks (ZabSession *self)
{
  g_signal_connect_object (self->engine, "loader-event", G_CALLBACK (on_loader_event), self, 0);
}
