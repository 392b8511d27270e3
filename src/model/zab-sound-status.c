/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-sound-status.h"

#include <glib/gi18n-lib.h>

#include "model/zab-session-private.h"

struct _ZabSoundStatus
{
  GObject parent_instance;

  ZabSession        *session;
  ZabDeadlineReading last;
  gboolean           counting; /* there was sound: what is missed is missed */
  guint              missed_before;
  double             load;
};

enum
{
  PROP_0,
  PROP_RATE,
  PROP_QUANTUM,
  PROP_LOAD,
  PROP_MISSED,
  PROP_SUMMARY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ZabSoundStatus, zab_sound_status, G_TYPE_OBJECT)

static ZabDeadlineReading
read_deadline (ZabSoundStatus *self)
{
  ZabDeadlineReading reading = { 0 };
  ZabEngine         *engine = zab_session_peek_engine (self->session);

  if (engine != NULL && zab_engine_get_output_state (engine) == ZAB_OUTPUT_RUNNING)
    zab_engine_read_deadline (engine, &reading);
  return reading;
}

static void
notify (ZabSoundStatus *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static double
get_load (const ZabDeadlineReading *last, const ZabDeadlineReading *now)
{
  if (now->time <= last->time || now->busy < last->busy)
    return 0;
  return (double)(now->busy - last->busy) / (double)(now->time - last->time);
}

static void
set_load (ZabSoundStatus *self, double load)
{
  if (!(load < self->load) && !(load > self->load))
    return;
  self->load = load;
  notify (self, PROP_LOAD);
}

void
zab_sound_status_update (ZabSoundStatus *self)
{
  ZabDeadlineReading now, last;

  g_return_if_fail (ZAB_IS_SOUND_STATUS (self));
  now = read_deadline (self);
  if (now.quantum == 0)
    now.missed = self->last.missed; /* no sound now: what was missed stays on the count */
  if (!self->counting && now.quantum > 0)
    {
      /* Until the graph has found its feet, nobody has heard anything. */
      self->counting = TRUE;
      self->missed_before = self->last.missed = now.missed;
    }
  last = self->last;
  set_load (self, get_load (&self->last, &now));
  self->last = now;
  if (now.rate != last.rate)
    notify (self, PROP_RATE);
  if (now.quantum != last.quantum)
    notify (self, PROP_QUANTUM);
  if (now.missed != last.missed)
    notify (self, PROP_MISSED);
  if (now.rate != last.rate || now.quantum != last.quantum)
    notify (self, PROP_SUMMARY);
}

void
zab_sound_status_reset (ZabSoundStatus *self)
{
  g_return_if_fail (ZAB_IS_SOUND_STATUS (self));
  self->missed_before = self->last.missed;
  notify (self, PROP_MISSED);
}

static char *
make_summary (ZabSoundStatus *self)
{
  const ZabDeadlineReading *last = &self->last;

  if (last->rate == 0)
    return g_strdup ("");
  /* Translators: rate of the sound device, frames of a cycle, how long that is */
  return g_strdup_printf (_ ("%g kHz, %u frames (%.1f ms)"), last->rate / 1000.0, last->quantum,
                             1000.0 * last->quantum / last->rate);
}

static void
zab_sound_status_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZabSoundStatus *self = ZAB_SOUND_STATUS (object);

  switch (id)
    {
    case PROP_RATE:
      g_value_set_uint (value, self->last.rate);
      break;
    case PROP_QUANTUM:
      g_value_set_uint (value, self->last.quantum);
      break;
    case PROP_LOAD:
      g_value_set_double (value, self->load);
      break;
    case PROP_MISSED:
      g_value_set_uint (value, self->last.missed - self->missed_before);
      break;
    case PROP_SUMMARY:
      g_value_take_string (value, make_summary (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zab_sound_status_dispose (GObject *object)
{
  g_clear_object (&ZAB_SOUND_STATUS (object)->session);
  G_OBJECT_CLASS (zab_sound_status_parent_class)->dispose (object);
}

static void
zab_sound_status_class_init (ZabSoundStatusClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = zab_sound_status_dispose;
  object_class->get_property = zab_sound_status_get_property;
  properties[PROP_RATE] = g_param_spec_uint ("rate", NULL, NULL, 0, G_MAXUINT, 0, r);
  properties[PROP_QUANTUM] = g_param_spec_uint ("quantum", NULL, NULL, 0, G_MAXUINT, 0, r);
  properties[PROP_LOAD] = g_param_spec_double ("load", NULL, NULL, 0, G_MAXDOUBLE, 0, r);
  properties[PROP_MISSED] = g_param_spec_uint ("missed", NULL, NULL, 0, G_MAXUINT, 0, r);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, "", r);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
zab_sound_status_init (ZabSoundStatus *self)
{
}

ZabSoundStatus *
zab_sound_status_new (ZabSession *session)
{
  ZabSoundStatus *self = g_object_new (ZAB_TYPE_SOUND_STATUS, NULL);

  self->session = g_object_ref (session);
  return self;
}
