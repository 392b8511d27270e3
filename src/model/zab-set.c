/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-set.h"

#include "rt/zab-rt.h"

_Static_assert((int)ZAB_SET_N_BANKS == (int)ZAB_N_BANKS && (int)ZAB_SET_N_PADS == (int)ZAB_N_PADS,
               "the set is as large as the mixer");

struct _ZabSet
{
  GObject  parent_instance;
  ZabBank *banks[ZAB_N_BANKS];
};

static GType
zab_set_get_item_type (GListModel *model)
{
  return ZAB_TYPE_BANK;
}

static guint
zab_set_get_n_items (GListModel *model)
{
  return ZAB_N_BANKS;
}

static gpointer
zab_set_get_item (GListModel *model, guint position)
{
  return position < ZAB_N_BANKS ? g_object_ref (ZAB_SET (model)->banks[position]) : NULL;
}

static void
zab_set_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = zab_set_get_item_type;
  iface->get_n_items = zab_set_get_n_items;
  iface->get_item = zab_set_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ZabSet, zab_set, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, zab_set_list_model_init))

ZabSet *
zab_set_new (void)
{
  return g_object_new (ZAB_TYPE_SET, NULL);
}

ZabBank *
zab_set_get_bank (ZabSet *self, guint bank)
{
  g_return_val_if_fail (ZAB_IS_SET (self), NULL);
  g_return_val_if_fail (bank < ZAB_N_BANKS, NULL);
  return self->banks[bank];
}

ZabPad *
zab_set_get_pad (ZabSet *self, guint pad)
{
  g_return_val_if_fail (ZAB_IS_SET (self), NULL);
  g_return_val_if_fail (pad < ZAB_N_PADS, NULL);
  return zab_bank_get_pad (self->banks[pad / ZAB_PADS_PER_BANK], pad % ZAB_PADS_PER_BANK);
}

static void
zab_set_dispose (GObject *object)
{
  ZabSet *self = ZAB_SET (object);

  for (guint i = 0; i < ZAB_N_BANKS; i++)
    g_clear_object (&self->banks[i]);
  G_OBJECT_CLASS (zab_set_parent_class)->dispose (object);
}

static void
zab_set_class_init (ZabSetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zab_set_dispose;
}

static void
zab_set_init (ZabSet *self)
{
  for (guint i = 0; i < ZAB_N_BANKS; i++)
    self->banks[i] = zab_bank_new (i);
}
