/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-controls.h"

#include <math.h>
#include <string.h>

#include "model/zab-number.h"
#include "model/zab-settings.h"

/* The model has types of its own, so that the window needs to know no storey below. */
_Static_assert((int)ZAB_PAD_MODE_LOOP == (int)ZAB_LAUNCH_LOOP, "the same modes");
_Static_assert((int)ZAB_PAD_RETRIGGER_ADD == (int)ZAB_RETRIGGER_ADD, "the same retriggers");
_Static_assert((int)ZAB_PAD_QUANTISE_4_BARS == (int)ZAB_QUANTISE_4_BARS, "the same grids");
_Static_assert((int)ZAB_PAD_N_CHOKE_GROUPS == (int)ZAB_N_CHOKE_GROUPS, "the same groups");

enum
{
  RESERVE = 512, /* commands that settings leave room for in the ring */
  RETRY_MS = 10,
};

/* What goes through the ring. */
typedef enum
{
  PAD_MODE,
  PAD_LOOP,
  PAD_RETRIGGER,
  PAD_QUANTISE,
  PAD_CHOKE,
  PAD_PING_PONG,
  PAD_REVERSE,
  PAD_REGION,
  PAD_LOOP_RANGE,
  N_PAD_SETTINGS
} PadSetting;

typedef enum
{
  MASTER_TEMPO,
  MASTER_METRE,
  MASTER_QUANTISE,
  MASTER_EXCLUSIVE,
  N_MASTER_SETTINGS
} MasterSetting;

static const guint64 WHOLE = ZAB_TO_THE_END; /* a range: start << 32 | end */
static const guint64 UNKNOWN = G_MAXUINT64;

struct _ZabControls
{
  ZabSession *session;
  ZabEngine  *engine;
  guint       retry;                            /* a source */
  guint64     pads[ZAB_N_PADS][N_PAD_SETTINGS]; /* as the mixer has them */
  guint64     master[N_MASTER_SETTINGS];
  gboolean    is_dirty[ZAB_N_PADS];
  gboolean    is_released[ZAB_N_PADS]; /* and the mixer does not know */
};

/* --- What is wanted -------------------------------------------------------------------------- */

static guint32
to_frames (double seconds, guint rate)
{
  return (guint32)MIN (round (seconds * rate), (double)(ZAB_TO_THE_END - 1));
}

static guint64
to_range (double start, double end, guint rate)
{
  const guint32 last = end > 0 ? to_frames (end, rate) : ZAB_TO_THE_END;

  return (guint64)to_frames (start, rate) << 32 | last;
}

/* The modes that leave it to the setting. */
static gboolean
goes_round (ZabPad *pad)
{
  const ZabPadMode mode = zab_pad_get_mode (pad);

  return zab_pad_get_loop (pad) && (mode == ZAB_PAD_MODE_GATE || mode == ZAB_PAD_MODE_TOGGLE);
}

static guint64
get_pad_setting (ZabControls *self, ZabPad *pad, PadSetting setting)
{
  const guint index = zab_pad_get_index (pad);
  const guint rate = zab_engine_get_pad_rate (self->engine, index);

  switch (setting)
    {
    case PAD_MODE:
      return zab_pad_get_mode (pad);
    case PAD_LOOP:
      return goes_round (pad);
    case PAD_RETRIGGER:
      return zab_pad_get_retrigger (pad);
    case PAD_QUANTISE:
      return zab_pad_get_quantise (pad);
    case PAD_CHOKE:
      return zab_pad_get_choke (pad);
    case PAD_PING_PONG:
      return zab_pad_get_ping_pong (pad) != FALSE;
    case PAD_REVERSE:
      return zab_pad_get_reverse (pad) != FALSE;
    case PAD_REGION:
      if (rate > 0)
        return to_range (zab_pad_get_start (pad), zab_pad_get_end (pad), rate);
      return self->pads[index][setting]; /* nothing that it could be of */
    case PAD_LOOP_RANGE:
      if (rate > 0)
        return to_range (zab_pad_get_loop_start (pad), zab_pad_get_loop_end (pad), rate);
      return self->pads[index][setting];
    case N_PAD_SETTINGS:
      break;
    }
  g_assert_not_reached ();
}

static guint64
get_master_setting (ZabControls *self, MasterSetting setting)
{
  switch (setting)
    {
    case MASTER_TEMPO:
      return (guint64)round (zab_session_get_tempo (self->session) * 1000);
    case MASTER_METRE:
      return (guint64)zab_session_get_metre_beats (self->session) << 32
             | zab_session_get_metre_unit (self->session);
    case MASTER_QUANTISE:
      return zab_session_get_quantise (self->session);
    case MASTER_EXCLUSIVE:
      return zab_session_get_exclusive (self->session) != FALSE;
    case N_MASTER_SETTINGS:
      break;
    }
  g_assert_not_reached ();
}

/* --- How it is sent -------------------------------------------------------------------------- */

static gboolean
send_to_pad (ZabEngine *engine, guint pad, PadSetting setting, guint64 value)
{
  switch (setting)
    {
    case PAD_MODE:
      return zab_engine_set_pad_mode (engine, pad, (ZabLaunchMode)value);
    case PAD_LOOP:
      return zab_engine_set_pad_loop (engine, pad, value != 0);
    case PAD_RETRIGGER:
      return zab_engine_set_pad_retrigger (engine, pad, (ZabRetrigger)value);
    case PAD_QUANTISE:
      return zab_engine_set_pad_quantise (engine, pad, (ZabQuantise)value);
    case PAD_CHOKE:
      return zab_engine_set_pad_choke (engine, pad, (guint)value);
    case PAD_PING_PONG:
      return zab_engine_set_pad_ping_pong (engine, pad, value != 0);
    case PAD_REVERSE:
      return zab_engine_set_pad_reverse (engine, pad, value != 0);
    case PAD_REGION:
      return zab_engine_set_pad_region (engine, pad, (guint32)(value >> 32), (guint32)value);
    case PAD_LOOP_RANGE:
      return zab_engine_set_pad_loop_range (engine, pad, (guint32)(value >> 32), (guint32)value);
    case N_PAD_SETTINGS:
      break;
    }
  g_assert_not_reached ();
}

static gboolean
send_to_master (ZabEngine *engine, MasterSetting setting, guint64 value)
{
  switch (setting)
    {
    case MASTER_TEMPO:
      return zab_engine_set_tempo (engine, (double)value / 1000);
    case MASTER_METRE:
      return zab_engine_set_metre (engine, (guint)(value >> 32), (guint)value);
    case MASTER_QUANTISE:
      return zab_engine_set_quantise (engine, (ZabQuantise)value);
    case MASTER_EXCLUSIVE:
      return zab_engine_set_exclusive (engine, value != 0);
    case N_MASTER_SETTINGS:
      break;
    }
  g_assert_not_reached ();
}

static gboolean
has_room (ZabControls *self)
{
  return zab_engine_get_room (self->engine) > RESERVE;
}

static gboolean
flush_master (ZabControls *self)
{
  for (MasterSetting i = 0; i < N_MASTER_SETTINGS; i++)
    {
      const guint64 value = get_master_setting (self, i);

      if (self->master[i] == value)
        continue;
      if (!has_room (self) || !send_to_master (self->engine, i, value))
        return FALSE;
      self->master[i] = value;
    }
  return TRUE;
}

static gboolean
send_pad (ZabControls *self, guint index)
{
  ZabPad *pad = zab_set_get_pad (zab_session_get_set (self->session), index);

  if (self->is_released[index])
    {
      if (!zab_engine_release_pad (self->engine, index))
        return FALSE;
      self->is_released[index] = FALSE;
    }
  for (PadSetting i = 0; i < N_PAD_SETTINGS; i++)
    {
      const guint64 value = get_pad_setting (self, pad, i);

      if (self->pads[index][i] == value)
        continue;
      if (!has_room (self) || !send_to_pad (self->engine, index, i, value))
        return FALSE;
      self->pads[index][i] = value;
    }
  return TRUE;
}

static gboolean
on_retry (gpointer user_data)
{
  ZabControls *self = user_data;

  self->retry = 0;
  zab_controls_flush (self);
  return G_SOURCE_REMOVE;
}

static gboolean
retry_unless (ZabControls *self, gboolean done)
{
  if (!done && self->retry == 0)
    self->retry = g_timeout_add (RETRY_MS, on_retry, self);
  return done;
}

gboolean
zab_controls_flush_pad (ZabControls *self, guint pad)
{
  if (self->is_dirty[pad])
    self->is_dirty[pad] = !send_pad (self, pad);
  return retry_unless (self, !self->is_dirty[pad]);
}

gboolean
zab_controls_flush (ZabControls *self)
{
  gboolean done = flush_master (self);

  for (guint i = 0; done && i < ZAB_N_PADS; i++)
    done = zab_controls_flush_pad (self, i);
  return retry_unless (self, done);
}

void
zab_controls_reload_pad (ZabControls *self, guint pad)
{
  if (self->pads[pad][PAD_REGION] != WHOLE)
    self->pads[pad][PAD_REGION] = UNKNOWN;
  if (self->pads[pad][PAD_LOOP_RANGE] != WHOLE)
    self->pads[pad][PAD_LOOP_RANGE] = UNKNOWN;
  self->is_dirty[pad] = TRUE;
  zab_controls_flush_pad (self, pad);
}

void
zab_controls_release (ZabControls *self, guint pad)
{
  self->is_released[pad] = self->is_dirty[pad] = TRUE;
  zab_controls_flush_pad (self, pad);
}

void
zab_controls_press (ZabControls *self, guint pad)
{
  self->is_released[pad] = FALSE;
}

/* --- What changes ---------------------------------------------------------------------------- */

static const struct
{
  const char *property;
  ZabParam    param;
} pad_knobs[] = {
  { "gain", ZAB_PARAM_GAIN },
  { "pan", ZAB_PARAM_PAN },
  { "speed", ZAB_PARAM_SPEED },
  { "eq-low", ZAB_PARAM_EQ_LOW },
  { "eq-mid", ZAB_PARAM_EQ_MID },
  { "eq-high", ZAB_PARAM_EQ_HIGH },
  { "mute", ZAB_PARAM_MUTE },
  { "solo", ZAB_PARAM_SOLO },
  { "attack", ZAB_PARAM_ATTACK },
  { "release", ZAB_PARAM_RELEASE },
  { "crossfade", ZAB_PARAM_CROSSFADE },
}, master_knobs[] = {
  { "volume", ZAB_PARAM_GAIN },
  { "speed", ZAB_PARAM_SPEED },
  { "limiter", ZAB_PARAM_LIMITER },
};

static float
read_number (gpointer object, const char *property)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_object_get_property (object, property, &value);
  return (float)zab_number_from_value (&value);
}

static void
on_pad_notify (ZabPad *pad, GParamSpec *spec, ZabControls *self)
{
  const guint index = zab_pad_get_index (pad);

  if ((spec->flags & ZAB_PARAM_SETTING) == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (pad_knobs); i++)
    if (g_str_equal (spec->name, pad_knobs[i].property))
      {
        zab_engine_set_pad_param (self->engine, index, pad_knobs[i].param,
                                  read_number (pad, spec->name));
        return;
      }
  self->is_dirty[index] = TRUE;
  zab_controls_flush_pad (self, index);
}

static void
send_master_knob (ZabControls *self, guint knob)
{
  zab_engine_set_master_param (self->engine, master_knobs[knob].param,
                               read_number (self->session, master_knobs[knob].property));
}

static void
on_session_notify (ZabSession *session, GParamSpec *spec, ZabControls *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (master_knobs); i++)
    if (g_str_equal (spec->name, master_knobs[i].property))
      send_master_knob (self, i);
  if ((spec->flags & ZAB_PARAM_SETTING) != 0)
    retry_unless (self, flush_master (self));
}

/* As zab_mixer_init () has it. */
static void
init_sent (ZabControls *self)
{
  for (guint i = 0; i < ZAB_N_PADS; i++)
    self->pads[i][PAD_REGION] = self->pads[i][PAD_LOOP_RANGE] = WHOLE;
  self->master[MASTER_TEMPO] = 120000;
  self->master[MASTER_METRE] = 4ull << 32 | 4;
}

ZabControls *
zab_controls_new (ZabSession *session, ZabEngine *engine)
{
  ZabControls *self = g_new0 (ZabControls, 1);

  self->session = session;
  self->engine = engine;
  init_sent (self);
  for (guint i = 0; i < G_N_ELEMENTS (master_knobs); i++)
    send_master_knob (self, i);
  retry_unless (self, flush_master (self));
  g_signal_connect (session, "notify", G_CALLBACK (on_session_notify), self);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    g_signal_connect (zab_set_get_pad (zab_session_get_set (session), i), "notify",
                      G_CALLBACK (on_pad_notify), self);
  return self;
}

void
zab_controls_free (ZabControls *self)
{
  for (guint i = 0; i < ZAB_N_PADS; i++)
    g_signal_handlers_disconnect_by_data (zab_set_get_pad (zab_session_get_set (self->session), i),
                                          self);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_handle_id (&self->retry, g_source_remove);
  g_free (self);
}
