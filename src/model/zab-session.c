/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-session-private.h"

#include <glib/gi18n-lib.h>

#include "model/zab-number.h"
#include "model/zab-pad-private.h"

G_DEFINE_FINAL_TYPE (ZabSession, zab_session, G_TYPE_OBJECT)

enum
{
  MESSAGE,
  ACTIVITY,
  OPEN_SET,
  FOUND,
  USED,
  LEARNING,
  LOADER_EVENT,
  AUDITION_STARTED,
  AUDITION_FAILED,
  N_SIGNALS
};

static GParamSpec *props[ZAB_SESSION_N_PROPS];
static guint       signals[N_SIGNALS];

void
zab_session_notify (ZabSession *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

GParamSpec *
zab_session_get_spec (guint prop)
{
  return props[prop];
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

void
zab_session_tell_learning (ZabSession *self)
{
  g_signal_emit (self, signals[LEARNING], 0);
}

void
zab_session_tell_used (ZabSession *self, GFile *file)
{
  g_signal_emit (self, signals[USED], 0, file);
}

void
zab_session_tell_audition_started (ZabSession *self, double seconds)
{
  g_signal_emit (self, signals[AUDITION_STARTED], 0, seconds);
}

void
zab_session_tell_audition_failed (ZabSession *self, const char *text)
{
  g_signal_emit (self, signals[AUDITION_FAILED], 0, text);
}

void
zab_session_tell_when_refused (ZabSession *self, gboolean taken)
{
  if (!taken)
    zab_session_tell (self, _ ("The audio thread takes no more commands just now; try again"));
}

void
zab_session_tell_activity (ZabSession *self)
{
  g_signal_emit (self, signals[ACTIVITY], 0);
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

gboolean
zab_session_try_clear (ZabSession *self, guint pad)
{
  gboolean loading;

  if (!zab_engine_unload_pad (self->engine, pad))
    {
      zab_session_tell_when_refused (self, FALSE);
      return FALSE;
    }
  loading = self->requests[pad] != 0;
  self->requests[pad] = 0;
  zab_session_forget_peaks (self, pad);
  zab_pad_clear (zab_set_get_pad (self->set, pad));
  if (loading)
    zab_session_count_ended (self);
  return TRUE;
}

void
zab_session_clear (ZabSession *self, guint pad)
{
  g_return_if_fail (ZAB_IS_SESSION (self));
  zab_session_try_clear (self, pad);
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

static void
on_output_state (ZabEngine *engine, GParamSpec *pspec, ZabSession *self)
{
  zab_session_notify (self, ZAB_SESSION_PROP_HAS_SOUND);
  zab_session_notify (self, ZAB_SESSION_PROP_SOUND_STATUS);
}

static void
forward_loader_event (ZabEngine *engine, ZabLoaderEvent *event, ZabSession *self)
{
  g_autoptr (GVariant) dictionary = g_variant_ref_sink (zab_loader_event_to_variant (event));

  g_signal_emit (self, signals[LOADER_EVENT], 0, dictionary);
}

static ZabSession *
session_new (ZabEngine *engine)
{
  ZabSession *self = g_object_new (ZAB_TYPE_SESSION, NULL);

  self->engine = engine;
  self->new_release = zab_pad_get_release (zab_set_get_pad (self->set, 0));
  g_signal_connect_object (engine, "loader-event", G_CALLBACK (zab_session_on_loader_event), self,
                           0);
  g_signal_connect_object (engine, "loader-event", G_CALLBACK (forward_loader_event), self, 0);
  zab_session_follow_peaks (self);
  g_signal_connect_object (engine, "notify::output-state", G_CALLBACK (on_output_state), self, 0);
  self->controls = zab_controls_new (self, engine);
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

gboolean
zab_session_flush (ZabSession *self)
{
  return zab_controls_flush (self->controls);
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
  g_clear_pointer (&self->controls, zab_controls_free);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    zab_session_forget_peaks (self, i);
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
    case ZAB_SESSION_PROP_TRANSPORT_RUNNING:
      g_value_set_boolean (value, self->transport_running);
      break;
    default:
      if (id >= ZAB_SESSION_PROP_VOLUME)
        zab_number_to_value (self->numbers[id - ZAB_SESSION_PROP_VOLUME], value);
      else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zab_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZabSession *self = ZAB_SESSION (object);

  if (id == ZAB_SESSION_PROP_BANK)
    zab_session_set_bank (self, g_value_get_uint (value));
  else if (id == ZAB_SESSION_PROP_TRANSPORT_RUNNING)
    zab_session_set_transport_running (self, g_value_get_boolean (value));
  else
    zab_session_set_number (self, id, zab_number_from_value (value));
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

  props[ZAB_SESSION_PROP_TRANSPORT_RUNNING]
      = g_param_spec_boolean ("transport-running", NULL, NULL, FALSE, rw);
  zab_session_add_numbers (props);
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
  signals[USED] = g_signal_new ("used", ZAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_FILE);
  signals[LEARNING] = g_signal_new ("learning", ZAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  signals[ACTIVITY] = g_signal_new ("activity", ZAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  signals[LOADER_EVENT] = g_signal_new ("loader-event", ZAB_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_VARIANT);
  signals[AUDITION_STARTED] = g_signal_new ("audition-started", ZAB_TYPE_SESSION, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[AUDITION_FAILED] = g_signal_new ("audition-failed", ZAB_TYPE_SESSION, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
zab_session_init (ZabSession *self)
{
  self->set = zab_set_new ();
  self->cancellable = g_cancellable_new ();
  self->summary = g_strdup ("");
  zab_session_init_numbers (self);
}
