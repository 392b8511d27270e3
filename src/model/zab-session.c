/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-session-private.h"

#include <glib/gi18n-lib.h>

#include "model/zab-pad-private.h"
#include "model/zab-settings.h"

/* A pad that was just triggered sounds from the next cycle of the graph on: until then, look on. */
static const gint64 TRIGGER_GRACE = G_USEC_PER_SEC / 4;
static const double DEFAULT_VOLUME = 0.7;

G_DEFINE_FINAL_TYPE (ZabSession, zab_session, G_TYPE_OBJECT)

enum
{
  MESSAGE,
  ACTIVITY,
  OPEN_SET,
  FOUND,
  LOADER_EVENT,
  N_SIGNALS
};

static GParamSpec *props[ZAB_SESSION_N_PROPS];
static guint       signals[N_SIGNALS];

void
zab_session_notify (ZabSession *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

void
zab_session_tell (ZabSession *self, const char *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}

void
zab_session_ask_to_open (ZabSession *self, GFile *file)
{
  g_signal_emit (self, signals[OPEN_SET], 0, file);
}

void
zab_session_tell_found (ZabSession *self, GFile *file)
{
  g_signal_emit (self, signals[FOUND], 0, file);
}

/* The audio thread is behind: rare, and gone in a moment. */
static void
tell_when_refused (ZabSession *self, gboolean taken)
{
  if (!taken)
    zab_session_tell (self, _ ("The audio thread takes no more commands just now; try again"));
}

/* --- What is done to a pad ------------------------------------------------------------------- */

void
zab_session_retry (ZabSession *self, guint pad)
{
  GFile *file;

  g_return_if_fail (ZAB_IS_SESSION (self));
  file = zab_pad_get_file (zab_set_get_pad (self->set, pad));
  if (file == NULL)
    return;
  g_object_ref (file);
  zab_session_load (self, pad, file);
  g_object_unref (file);
}

void
zab_session_dismiss_error (ZabSession *self, guint pad)
{
  ZabPad *target;

  g_return_if_fail (ZAB_IS_SESSION (self));
  target = zab_set_get_pad (self->set, pad);
  if (zab_pad_get_state (target) == ZAB_PAD_FAILED)
    zab_pad_revert_load (target);
  else
    zab_pad_forget_warning (target);
}

void
zab_session_cancel_load (ZabSession *self, guint pad)
{
  g_return_if_fail (ZAB_IS_SESSION (self));
  zab_engine_cancel_load (self->engine, pad);
}

void
zab_session_cancel_all_loads (ZabSession *self)
{
  g_return_if_fail (ZAB_IS_SESSION (self));
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  zab_engine_cancel_all_loads (self->engine);
}

void
zab_session_clear (ZabSession *self, guint pad)
{
  gboolean loading;

  g_return_if_fail (ZAB_IS_SESSION (self));
  if (!zab_engine_unload_pad (self->engine, pad))
    {
      tell_when_refused (self, FALSE);
      return;
    }
  loading = self->requests[pad] != 0;
  self->requests[pad] = 0;
  zab_pad_clear (zab_set_get_pad (self->set, pad));
  if (loading)
    zab_session_count_ended (self);
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
  tell_when_refused (self, zab_engine_play_pad (self->engine, pad, (float)velocity));
  self->active_until = g_get_monotonic_time () + TRIGGER_GRACE;
  g_signal_emit (self, signals[ACTIVITY], 0);
}

void
zab_session_stop (ZabSession *self, guint pad)
{
  g_return_if_fail (ZAB_IS_SESSION (self));
  tell_when_refused (self, zab_engine_stop_pad (self->engine, pad));
}

void
zab_session_stop_all (ZabSession *self)
{
  g_return_if_fail (ZAB_IS_SESSION (self));
  tell_when_refused (self, zab_engine_stop_all (self->engine));
}

static void
on_pad_loop (ZabPad *pad, GParamSpec *pspec, ZabSession *self)
{
  tell_when_refused (self, zab_engine_set_pad_loop (self->engine, zab_pad_get_index (pad),
                                                    zab_pad_get_loop (pad)));
}

static void
on_pad_gain (ZabPad *pad, GParamSpec *pspec, ZabSession *self)
{
  tell_when_refused (self, zab_engine_set_pad_gain (self->engine, zab_pad_get_index (pad),
                                                    (float)zab_pad_get_gain (pad)));
}

gboolean
zab_session_update_activity (ZabSession *self)
{
  guint n_playing = 0;

  g_return_val_if_fail (ZAB_IS_SESSION (self), FALSE);
  if (self->engine == NULL)
    return FALSE;
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      ZabPadActivity activity;

      zab_engine_get_pad_activity (self->engine, i, &activity);
      zab_pad_set_activity (zab_set_get_pad (self->set, i), activity.playing, activity.position);
      n_playing += activity.playing != FALSE;
    }
  if (self->n_playing != n_playing)
    {
      self->n_playing = n_playing;
      zab_session_notify (self, ZAB_SESSION_PROP_N_PLAYING);
    }
  return n_playing > 0 || g_get_monotonic_time () < self->active_until;
}

/* --- The session itself ---------------------------------------------------------------------- */

ZabSet *
zab_session_get_set (ZabSession *self)
{
  g_return_val_if_fail (ZAB_IS_SESSION (self), NULL);
  return self->set;
}

guint
zab_session_get_bank (ZabSession *self)
{
  g_return_val_if_fail (ZAB_IS_SESSION (self), 0);
  return self->bank;
}

void
zab_session_set_bank (ZabSession *self, guint bank)
{
  g_return_if_fail (ZAB_IS_SESSION (self));
  g_return_if_fail (bank < ZAB_N_BANKS);
  if (self->bank == bank)
    return;
  self->bank = bank;
  zab_engine_set_visible_bank (self->engine, bank);
  zab_session_notify (self, ZAB_SESSION_PROP_BANK);
}

double
zab_session_get_volume (ZabSession *self)
{
  g_return_val_if_fail (ZAB_IS_SESSION (self), 0);
  return self->volume;
}

void
zab_session_set_volume (ZabSession *self, double volume)
{
  g_return_if_fail (ZAB_IS_SESSION (self));
  volume = CLAMP (volume, 0.0, 1.0);
  if (!(self->volume < volume) && !(self->volume > volume))
    return;
  self->volume = volume;
  tell_when_refused (self, zab_engine_set_volume (self->engine, (float)volume));
  zab_session_notify (self, ZAB_SESSION_PROP_VOLUME);
}

static void
on_output_state (ZabEngine *engine, GParamSpec *pspec, ZabSession *self)
{
  zab_session_notify (self, ZAB_SESSION_PROP_HAS_SOUND);
  zab_session_notify (self, ZAB_SESSION_PROP_SOUND_STATUS);
}

static void
forward_loader_event (ZabEngine *engine, ZabLoaderEvent *event, ZabSession *self)
{
  g_signal_emit (self, signals[LOADER_EVENT], 0, event);
}

static ZabSession *
session_new (ZabEngine *engine)
{
  ZabSession *self = g_object_new (ZAB_TYPE_SESSION, NULL);

  self->engine = engine;
  g_signal_connect_object (engine, "loader-event", G_CALLBACK (zab_session_on_loader_event), self,
                           0);
  g_signal_connect_object (engine, "loader-event", G_CALLBACK (forward_loader_event), self, 0);
  g_signal_connect_object (engine, "notify::output-state", G_CALLBACK (on_output_state), self, 0);
  zab_session_set_volume (self, DEFAULT_VOLUME);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      ZabPad *pad = zab_set_get_pad (self->set, i);

      g_signal_connect_object (pad, "notify::loop", G_CALLBACK (on_pad_loop), self, 0);
      g_signal_connect_object (pad, "notify::gain", G_CALLBACK (on_pad_gain), self, 0);
    }
  return self;
}

ZabSession *
zab_session_new (void)
{
  return session_new (zab_engine_new ());
}

ZabSession *
zab_session_new_offline (guint rate)
{
  return session_new (zab_engine_new_offline (rate));
}

ZabEngine *
zab_session_peek_engine (ZabSession *self)
{
  return self->engine;
}

void
zab_session_shut_down (ZabSession *self)
{
  g_return_if_fail (ZAB_IS_SESSION (self));
  if (self->engine == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_signal_handlers_disconnect_by_data (self->engine, self);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    g_signal_handlers_disconnect_by_data (zab_set_get_pad (self->set, i), self);
  zab_engine_shut_down (self->engine);
  g_clear_object (&self->engine);
}

static void
zab_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZabSession          *self = ZAB_SESSION (object);
  const ZabOutputState state
      = self->engine != NULL ? zab_engine_get_output_state (self->engine) : ZAB_OUTPUT_OFFLINE;

  switch (id)
    {
    case ZAB_SESSION_PROP_VOLUME:
      g_value_set_double (value, self->volume);
      break;
    case ZAB_SESSION_PROP_BANK:
      g_value_set_uint (value, self->bank);
      break;
    case ZAB_SESSION_PROP_HAS_SOUND:
      g_value_set_boolean (value, state == ZAB_OUTPUT_RUNNING);
      break;
    case ZAB_SESSION_PROP_SOUND_STATUS:
      g_value_set_string (value, zab_output_state_to_text (state));
      break;
    case ZAB_SESSION_PROP_N_LOADING:
      g_value_set_uint (value, zab_session_count_loading (self));
      break;
    case ZAB_SESSION_PROP_LOAD_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    case ZAB_SESSION_PROP_LOAD_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case ZAB_SESSION_PROP_N_PLAYING:
      g_value_set_uint (value, self->n_playing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zab_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == ZAB_SESSION_PROP_VOLUME)
    zab_session_set_volume (ZAB_SESSION (object), g_value_get_double (value));
  else
    zab_session_set_bank (ZAB_SESSION (object), g_value_get_uint (value));
}

static void
zab_session_dispose (GObject *object)
{
  ZabSession *self = ZAB_SESSION (object);

  zab_session_shut_down (self);
  g_clear_object (&self->set);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->summary, g_free);
  G_OBJECT_CLASS (zab_session_parent_class)->dispose (object);
}

static void
zab_session_class_init (ZabSessionClass *klass)
{
  const GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags rw = r | G_PARAM_WRITABLE;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = zab_session_dispose;
  object_class->get_property = zab_session_get_property;
  object_class->set_property = zab_session_set_property;

  props[ZAB_SESSION_PROP_VOLUME]
      = g_param_spec_double ("volume", NULL, NULL, 0, 1, DEFAULT_VOLUME, rw | ZAB_PARAM_SETTING);
  props[ZAB_SESSION_PROP_BANK] = g_param_spec_uint ("bank", NULL, NULL, 0, ZAB_N_BANKS - 1, 0, rw);
  props[ZAB_SESSION_PROP_HAS_SOUND] = g_param_spec_boolean ("has-sound", NULL, NULL, FALSE, r);
  props[ZAB_SESSION_PROP_SOUND_STATUS] = g_param_spec_string ("sound-status", NULL, NULL, "", r);
  props[ZAB_SESSION_PROP_N_LOADING]
      = g_param_spec_uint ("n-loading", NULL, NULL, 0, G_MAXUINT, 0, r);
  props[ZAB_SESSION_PROP_LOAD_SUMMARY] = g_param_spec_string ("load-summary", NULL, NULL, "", r);
  props[ZAB_SESSION_PROP_LOAD_FRACTION]
      = g_param_spec_double ("load-fraction", NULL, NULL, 0, 1, 0, r);
  props[ZAB_SESSION_PROP_N_PLAYING]
      = g_param_spec_uint ("n-playing", NULL, NULL, 0, ZAB_N_PADS, 0, r);
  g_object_class_install_properties (object_class, ZAB_SESSION_N_PROPS, props);

  signals[MESSAGE] = g_signal_new ("message", ZAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OPEN_SET] = g_signal_new ("open-set", ZAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  signals[FOUND] = g_signal_new ("found", ZAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_FILE);
  signals[ACTIVITY] = g_signal_new ("activity", ZAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  signals[LOADER_EVENT]
      = g_signal_new ("loader-event", ZAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, ZAB_TYPE_LOADER_EVENT | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
zab_session_init (ZabSession *self)
{
  self->set = zab_set_new ();
  self->cancellable = g_cancellable_new ();
  self->summary = g_strdup ("");
}
