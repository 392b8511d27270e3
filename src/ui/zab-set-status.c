/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-set-status.h"

struct _ZabSetStatus
{
  GObject parent_instance;

  ZabSet     *set;
  ZabPadState states[ZAB_SET_N_PADS]; /* as they were counted; EMPTY at first */
  guint       n_ready;
  guint       n_used;
};

enum
{
  PROP_0,
  PROP_N_READY,
  PROP_N_USED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ZabSetStatus, zab_set_status, G_TYPE_OBJECT)

/* Of this pad alone: a set that loads changes them all. */
static void
on_state (ZabPad *pad, GParamSpec *pspec, ZabSetStatus *self)
{
  ZabPadState      *counted = &self->states[zab_pad_get_index (pad)];
  const ZabPadState old = *counted, state = zab_pad_get_state (pad);
  const guint       n_ready = self->n_ready, n_used = self->n_used;

  *counted = state;
  self->n_ready += (guint)(state == ZAB_PAD_READY) - (guint)(old == ZAB_PAD_READY);
  self->n_used += (guint)(state != ZAB_PAD_EMPTY) - (guint)(old != ZAB_PAD_EMPTY);
  if (self->n_ready != n_ready)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_READY]);
  if (self->n_used != n_used)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_USED]);
}

guint
zab_set_status_get_n_ready (ZabSetStatus *self)
{
  return self->n_ready;
}

guint
zab_set_status_get_n_used (ZabSetStatus *self)
{
  return self->n_used;
}

static void
zab_set_status_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ZabSetStatus *self = ZAB_SET_STATUS (object);

  if (prop_id == PROP_N_READY)
    g_value_set_uint (value, self->n_ready);
  else if (prop_id == PROP_N_USED)
    g_value_set_uint (value, self->n_used);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
zab_set_status_dispose (GObject *object)
{
  g_clear_object (&ZAB_SET_STATUS (object)->set);
  G_OBJECT_CLASS (zab_set_status_parent_class)->dispose (object);
}

static void
zab_set_status_class_init (ZabSetStatusClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = zab_set_status_dispose;
  object_class->get_property = zab_set_status_get_property;
  properties[PROP_N_READY] = g_param_spec_uint ("n-ready", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_USED] = g_param_spec_uint ("n-used", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
zab_set_status_init (ZabSetStatus *self)
{
}

ZabSetStatus *
zab_set_status_new (ZabSet *set)
{
  ZabSetStatus *self = g_object_new (ZAB_TYPE_SET_STATUS, NULL);

  self->set = g_object_ref (set);
  for (guint i = 0; i < ZAB_SET_N_PADS; i++)
    {
      ZabPad *pad = zab_set_get_pad (set, i);

      g_signal_connect_object (pad, "notify::state", G_CALLBACK (on_state), self, 0);
      on_state (pad, NULL, self);
    }
  return self;
}
