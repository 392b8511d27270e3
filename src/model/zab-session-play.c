/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session's sound: what is started and stopped, and what is heard of it. */
#include <math.h>

#include "model/zab-pad-private.h"
#include "model/zab-session-private.h"

/* A pad that was just triggered sounds from the next cycle of the graph on: until then, and for
 * this long, look on. */
static const gint64 TRIGGER_GRACE = G_USEC_PER_SEC / 4;

void
zab_session_look_on (ZabSession *self)
{
  self->active_until = g_get_monotonic_time () + TRIGGER_GRACE;
  zab_session_tell_activity (self);
}

void
zab_session_play (ZabSession *self, guint pad, double velocity)
{
  ZabOutputState state;

  g_return_if_fail (ZAB_IS_SESSION (self));
  if (!zab_pad_get_has_sample (zab_set_get_pad (self->set, pad)))
    return;
  state = zab_engine_get_output_state (self->engine);
  if (state != ZAB_OUTPUT_RUNNING && state != ZAB_OUTPUT_OFFLINE)
    return; /* the window says so already */
  zab_controls_press (self->controls, pad);
  zab_session_tell_when_refused (self,
                                 zab_controls_flush_pad (self->controls, pad)
                                     && zab_engine_play_pad (self->engine, pad, (float)velocity));
  zab_session_look_on (self);
}

void
zab_session_release (ZabSession *self, guint pad)
{
  g_return_if_fail (ZAB_IS_SESSION (self));
  g_return_if_fail (pad < ZAB_N_PADS);
  if (self->controls != NULL
      && zab_pad_get_mode (zab_set_get_pad (self->set, pad)) == ZAB_PAD_MODE_GATE)
    zab_controls_release (self->controls, pad);
}

void
zab_session_stop (ZabSession *self, guint pad)
{
  g_return_if_fail (ZAB_IS_SESSION (self));
  zab_session_tell_when_refused (self, zab_engine_stop_pad (self->engine, pad));
}

void
zab_session_stop_all (ZabSession *self)
{
  g_return_if_fail (ZAB_IS_SESSION (self));
  zab_session_stop_audition (self);
  zab_session_tell_when_refused (self, zab_engine_stop_all (self->engine));
}

/* --- Bars and beats -------------------------------------------------------------------------- */

gboolean
zab_session_get_transport_running (ZabSession *self)
{
  g_return_val_if_fail (ZAB_IS_SESSION (self), FALSE);
  return self->transport_running;
}

void
zab_session_set_transport_running (ZabSession *self, gboolean running)
{
  gboolean taken;

  g_return_if_fail (ZAB_IS_SESSION (self));
  running = running != FALSE;
  if (self->transport_running == running || self->engine == NULL)
    return;
  taken = zab_controls_flush (self->controls)
          && (running ? zab_engine_start_transport (self->engine)
                      : zab_engine_stop_transport (self->engine));
  zab_session_tell_when_refused (self, taken);
  if (!taken)
    return;
  self->transport_running = running;
  zab_session_notify (self, ZAB_SESSION_PROP_TRANSPORT_RUNNING);
}

gboolean
zab_session_get_bar_position (ZabSession *self, guint *bar, double *beat)
{
  guint  now_bar = 0;
  double now_beat = 0;

  g_return_val_if_fail (ZAB_IS_SESSION (self), FALSE);
  if (self->engine != NULL)
    zab_engine_get_bar_position (self->engine, &now_bar, &now_beat);
  if (bar != NULL)
    *bar = now_bar;
  if (beat != NULL)
    *beat = now_beat;
  return self->transport_running;
}

/* --- Meters ---------------------------------------------------------------------------------- */

void
zab_session_read_master_meter (ZabSession *self, float peaks[2], float rms[2])
{
  ZabMeterReading reading = { 0 };

  g_return_if_fail (ZAB_IS_SESSION (self));
  if (self->engine != NULL)
    zab_engine_read_master_meter (self->engine, &reading);
  for (guint i = 0; i < 2; i++)
    {
      if (peaks != NULL)
        peaks[i] = reading.peak[i];
      if (rms != NULL)
        rms[i] = reading.rms[i];
    }
}

double
zab_session_read_limiter (ZabSession *self)
{
  const float gain = self->engine != NULL ? zab_engine_read_limiter (self->engine) : 1.0f;

  return gain < 1.0f ? -20 * log10 ((double)gain) : 0;
}

/* TRUE while there is more to see of the pad. */
static gboolean
update_pad (ZabSession *self, guint index)
{
  ZabPad         *pad = zab_set_get_pad (self->set, index);
  ZabPadActivity  activity;
  ZabMeterReading reading = { 0 };

  zab_engine_get_pad_activity (self->engine, index, &activity);
  if (activity.playing || zab_pad_get_playing (pad))
    zab_engine_read_pad_meter (self->engine, index, &reading);
  zab_pad_set_activity (pad, &(ZabPadSound){ .playing = activity.playing,
                                             .fading = activity.fading,
                                             .armed = activity.waiting,
                                             .position = activity.position,
                                             .peak = MAX (reading.peak[0], reading.peak[1]),
                                             .rms = MAX (reading.rms[0], reading.rms[1]) });
  return activity.playing || activity.waiting;
}

gboolean
zab_session_update_activity (ZabSession *self)
{
  guint    n_playing = 0;
  gboolean active = FALSE;

  g_return_val_if_fail (ZAB_IS_SESSION (self), FALSE);
  if (self->engine == NULL)
    return FALSE;
  self->updated_at = g_get_monotonic_time ();
  if (zab_engine_has_commands (self->engine))
    self->active_until = self->updated_at + TRIGGER_GRACE;
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      active = update_pad (self, i) || active;
      n_playing += zab_pad_get_playing (zab_set_get_pad (self->set, i)) != FALSE;
    }
  if (self->n_playing != n_playing)
    {
      self->n_playing = n_playing;
      zab_session_notify (self, ZAB_SESSION_PROP_N_PLAYING);
    }
  return active || zab_engine_is_auditioning (self->engine)
         || self->updated_at < self->active_until;
}

gboolean
zab_session_keep_activity (ZabSession *self, gint64 period)
{
  g_return_val_if_fail (ZAB_IS_SESSION (self), FALSE);
  return g_get_monotonic_time () - self->updated_at < period || zab_session_update_activity (self);
}
