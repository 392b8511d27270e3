/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-bank.h"

#include "model/zab-pad-private.h"
#include "rt/zab-rt.h"

struct _ZabBank
{
  GObject parent_instance;
  guint   index;
  char    name[2];
  ZabPad *pads[ZAB_PADS_PER_BANK];
};

static GType
zab_bank_get_item_type (GListModel *model)
{
  return ZAB_TYPE_PAD;
}

static guint
zab_bank_get_n_items (GListModel *model)
{
  return ZAB_PADS_PER_BANK;
}

static gpointer
zab_bank_get_item (GListModel *model, guint position)
{
  return position < ZAB_PADS_PER_BANK ? g_object_ref (ZAB_BANK (model)->pads[position]) : NULL;
}

static void
zab_bank_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = zab_bank_get_item_type;
  iface->get_n_items = zab_bank_get_n_items;
  iface->get_item = zab_bank_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ZabBank, zab_bank, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, zab_bank_list_model_init))

ZabBank *
zab_bank_new (guint index)
{
  ZabBank *self;

  g_return_val_if_fail (index < ZAB_N_BANKS, NULL);
  self = g_object_new (ZAB_TYPE_BANK, NULL);
  self->index = index;
  self->name[0] = (char)('A' + index);
  for (guint i = 0; i < ZAB_PADS_PER_BANK; i++)
    self->pads[i] = zab_pad_new (index * ZAB_PADS_PER_BANK + i);
  return self;
}

guint
zab_bank_get_index (ZabBank *self)
{
  g_return_val_if_fail (ZAB_IS_BANK (self), 0);
  return self->index;
}

const char *
zab_bank_get_name (ZabBank *self)
{
  g_return_val_if_fail (ZAB_IS_BANK (self), NULL);
  return self->name;
}

ZabPad *
zab_bank_get_pad (ZabBank *self, guint position)
{
  g_return_val_if_fail (ZAB_IS_BANK (self), NULL);
  g_return_val_if_fail (position < ZAB_PADS_PER_BANK, NULL);
  return self->pads[position];
}

static void
zab_bank_dispose (GObject *object)
{
  ZabBank *self = ZAB_BANK (object);

  for (guint i = 0; i < ZAB_PADS_PER_BANK; i++)
    g_clear_object (&self->pads[i]);
  G_OBJECT_CLASS (zab_bank_parent_class)->dispose (object);
}

static void
zab_bank_class_init (ZabBankClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zab_bank_dispose;
}

static void
zab_bank_init (ZabBank *self)
{
}
