/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-pad-private.h"

#include "rt/zab-rt.h"

static const double MAX_GAIN = 4.0;

struct _ZabPad
{
  GObject parent_instance;

  guint       index;
  char        label[4];
  char       *name;
  GFile      *file;   /* loading, failed or loaded */
  GFile      *loaded; /* what sounds */
  ZabPadState state;
  char       *stage;
  double      fraction;
  char       *error;
  char       *warning;
  double      duration; /* seconds */
  gboolean    playing;
  double      position;
  gboolean    loop;
  double      gain;
};

G_DEFINE_FINAL_TYPE (ZabPad, zab_pad, G_TYPE_OBJECT)

enum
{
  PROP_INDEX = 1,
  PROP_NAME,
  PROP_FILE,
  PROP_STATE,
  PROP_HAS_SAMPLE,
  PROP_STAGE,
  PROP_FRACTION,
  PROP_ERROR,
  PROP_WARNING,
  PROP_DURATION,
  PROP_PLAYING,
  PROP_POSITION,
  PROP_LOOP,
  PROP_GAIN,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

GType
zab_pad_state_get_type (void)
{
  static gsize            type;
  static const GEnumValue values[] = {
    { ZAB_PAD_EMPTY, "ZAB_PAD_EMPTY", "empty" },
    { ZAB_PAD_WAITING, "ZAB_PAD_WAITING", "waiting" },
    { ZAB_PAD_LOADING, "ZAB_PAD_LOADING", "loading" },
    { ZAB_PAD_READY, "ZAB_PAD_READY", "ready" },
    { ZAB_PAD_FAILED, "ZAB_PAD_FAILED", "failed" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("ZabPadState", values));
  return type;
}

static void
notify (ZabPad *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
set_string (ZabPad *self, char **field, const char *value, guint prop)
{
  if (g_strcmp0 (*field, value) == 0)
    return;
  g_free (*field);
  *field = g_strdup (value);
  notify (self, prop);
}

static void
set_state (ZabPad *self, ZabPadState state)
{
  if (self->state == state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
}

static void
set_fraction (ZabPad *self, double fraction)
{
  if (!(self->fraction < fraction) && !(self->fraction > fraction))
    return;
  self->fraction = fraction;
  notify (self, PROP_FRACTION);
}

/* The file's name without its ending: what a musician calls the sound. */
static char *
name_of_file (GFile *file)
{
  g_autofree char *base = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : g_strdup ("");
  char            *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  return g_steal_pointer (&name);
}

static void
set_file (ZabPad *self, GFile *file)
{
  g_autofree char *name = name_of_file (file);

  if (g_set_object (&self->file, file))
    notify (self, PROP_FILE);
  set_string (self, &self->name, name, PROP_NAME);
}

static void
set_loaded (ZabPad *self, GFile *file, double duration)
{
  const gboolean had = self->loaded != NULL;
  const gboolean longer = self->duration < duration || self->duration > duration;

  g_set_object (&self->loaded, file);
  self->duration = duration;
  if (longer)
    notify (self, PROP_DURATION);
  if (had != (self->loaded != NULL))
    notify (self, PROP_HAS_SAMPLE);
}

/* The load is over, one way or the other. */
static void
settle (ZabPad *self, ZabPadState state)
{
  set_string (self, &self->stage, "", PROP_STAGE);
  set_fraction (self, -1);
  set_state (self, state);
}

ZabPad *
zab_pad_new (guint index)
{
  ZabPad *self;

  g_return_val_if_fail (index < ZAB_N_PADS, NULL);
  self = g_object_new (ZAB_TYPE_PAD, NULL);
  self->index = index;
  g_snprintf (self->label, sizeof self->label, "%c%u", (char)('A' + index / ZAB_PADS_PER_BANK),
              index % ZAB_PADS_PER_BANK + 1);
  return self;
}

void
zab_pad_begin_load (ZabPad *self, GFile *file)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  g_return_if_fail (G_IS_FILE (file));
  g_object_freeze_notify (G_OBJECT (self));
  set_string (self, &self->error, NULL, PROP_ERROR);
  set_file (self, file);
  settle (self, ZAB_PAD_WAITING);
  g_object_thaw_notify (G_OBJECT (self));
}

void
zab_pad_set_progress (ZabPad *self, const char *stage, double fraction)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  g_object_freeze_notify (G_OBJECT (self));
  set_string (self, &self->stage, stage, PROP_STAGE);
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
  set_string (self, &self->error, NULL, PROP_ERROR);
  set_string (self, &self->warning, warning, PROP_WARNING);
  set_loaded (self, self->file, duration);
  settle (self, ZAB_PAD_READY);
  g_object_thaw_notify (G_OBJECT (self));
}

void
zab_pad_fail_load (ZabPad *self, const char *error)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  g_object_freeze_notify (G_OBJECT (self));
  set_string (self, &self->error, error, PROP_ERROR);
  settle (self, ZAB_PAD_FAILED);
  g_object_thaw_notify (G_OBJECT (self));
}

void
zab_pad_revert_load (ZabPad *self)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  g_object_freeze_notify (G_OBJECT (self));
  set_string (self, &self->error, NULL, PROP_ERROR);
  set_file (self, self->loaded);
  settle (self, self->loaded != NULL ? ZAB_PAD_READY : ZAB_PAD_EMPTY);
  g_object_thaw_notify (G_OBJECT (self));
}

void
zab_pad_clear (ZabPad *self)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  g_object_freeze_notify (G_OBJECT (self));
  set_loaded (self, NULL, 0);
  set_string (self, &self->warning, NULL, PROP_WARNING);
  zab_pad_revert_load (self);
  zab_pad_set_loop (self, FALSE);
  zab_pad_set_gain (self, 1.0);
  g_object_thaw_notify (G_OBJECT (self));
}

gboolean
zab_pad_set_activity (ZabPad *self, gboolean playing, double position)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), FALSE);
  playing = playing != FALSE;
  self->position = position;
  if (self->playing == playing)
    return FALSE;
  self->playing = playing;
  notify (self, PROP_PLAYING);
  return TRUE;
}

GFile *
zab_pad_get_loaded_file (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  return self->loaded;
}

guint
zab_pad_get_index (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), 0);
  return self->index;
}

const char *
zab_pad_get_label (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  return self->label;
}

const char *
zab_pad_get_name (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  return self->name;
}

GFile *
zab_pad_get_file (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  return self->file;
}

ZabPadState
zab_pad_get_state (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), ZAB_PAD_EMPTY);
  return self->state;
}

gboolean
zab_pad_get_has_sample (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), FALSE);
  return self->loaded != NULL;
}

const char *
zab_pad_get_stage (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  return self->stage;
}

double
zab_pad_get_fraction (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), -1);
  return self->fraction;
}

const char *
zab_pad_get_error (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  return self->error;
}

const char *
zab_pad_get_warning (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  return self->warning;
}

double
zab_pad_get_duration (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), 0);
  return self->duration;
}

gboolean
zab_pad_get_playing (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), FALSE);
  return self->playing;
}

double
zab_pad_get_position (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), 0);
  return self->position;
}

gboolean
zab_pad_get_loop (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), FALSE);
  return self->loop;
}

void
zab_pad_set_loop (ZabPad *self, gboolean loop)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  loop = loop != FALSE;
  if (self->loop == loop)
    return;
  self->loop = loop;
  notify (self, PROP_LOOP);
}

double
zab_pad_get_gain (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), 1);
  return self->gain;
}

void
zab_pad_set_gain (ZabPad *self, double gain)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  gain = CLAMP (gain, 0.0, MAX_GAIN);
  if (!(self->gain < gain) && !(self->gain > gain))
    return;
  self->gain = gain;
  notify (self, PROP_GAIN);
}

static void
zab_pad_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZabPad *self = ZAB_PAD (object);

  switch (id)
    {
    case PROP_INDEX:
      g_value_set_uint (value, self->index);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_HAS_SAMPLE:
      g_value_set_boolean (value, self->loaded != NULL);
      break;
    case PROP_STAGE:
      g_value_set_string (value, self->stage);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_WARNING:
      g_value_set_string (value, self->warning);
      break;
    case PROP_DURATION:
      g_value_set_double (value, self->duration);
      break;
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    case PROP_POSITION:
      g_value_set_double (value, self->position);
      break;
    case PROP_LOOP:
      g_value_set_boolean (value, self->loop);
      break;
    case PROP_GAIN:
      g_value_set_double (value, self->gain);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zab_pad_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZabPad *self = ZAB_PAD (object);

  if (id == PROP_LOOP)
    zab_pad_set_loop (self, g_value_get_boolean (value));
  else
    zab_pad_set_gain (self, g_value_get_double (value));
}

static void
zab_pad_finalize (GObject *object)
{
  ZabPad *self = ZAB_PAD (object);

  g_clear_object (&self->file);
  g_clear_object (&self->loaded);
  g_free (self->name);
  g_free (self->stage);
  g_free (self->error);
  g_free (self->warning);
  G_OBJECT_CLASS (zab_pad_parent_class)->finalize (object);
}

static void
zab_pad_class_init (ZabPadClass *klass)
{
  const GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags rw = r | G_PARAM_WRITABLE;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = zab_pad_finalize;
  object_class->get_property = zab_pad_get_property;
  object_class->set_property = zab_pad_set_property;

  props[PROP_INDEX] = g_param_spec_uint ("index", NULL, NULL, 0, ZAB_N_PADS - 1, 0, r);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", r);
  props[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, r);
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, ZAB_TYPE_PAD_STATE, ZAB_PAD_EMPTY, r);
  props[PROP_HAS_SAMPLE] = g_param_spec_boolean ("has-sample", NULL, NULL, FALSE, r);
  props[PROP_STAGE] = g_param_spec_string ("stage", NULL, NULL, "", r);
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, r);
  props[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, r);
  props[PROP_WARNING] = g_param_spec_string ("warning", NULL, NULL, NULL, r);
  props[PROP_DURATION] = g_param_spec_double ("duration", NULL, NULL, 0, G_MAXDOUBLE, 0, r);
  props[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, r);
  props[PROP_POSITION] = g_param_spec_double ("position", NULL, NULL, 0, 1, 0, r);
  props[PROP_LOOP] = g_param_spec_boolean ("loop", NULL, NULL, FALSE, rw);
  props[PROP_GAIN] = g_param_spec_double ("gain", NULL, NULL, 0, MAX_GAIN, 1, rw);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
zab_pad_init (ZabPad *self)
{
  self->name = g_strdup ("");
  self->stage = g_strdup ("");
  self->fraction = -1;
  self->gain = 1;
}
