/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lib/zab-test.h"
#include "model/zab-set.h"
#include "rt/zab-rt.h"

static void
test_banks (void)
{
  ZabSet *set = zab_set_new ();

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (set)) == ZAB_TYPE_BANK);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (set)), ==, 6);
  for (guint i = 0; i < ZAB_N_BANKS; i++)
    {
      g_autoptr (ZabBank) bank = g_list_model_get_item (G_LIST_MODEL (set), i);
      const char name[] = { (char)('A' + i), '\0' };

      g_assert_true (ZAB_IS_BANK (bank));
      g_assert_true (bank == zab_set_get_bank (set, i));
      g_assert_cmpuint (zab_bank_get_index (bank), ==, i);
      g_assert_cmpstr (zab_bank_get_name (bank), ==, name);
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (set), ZAB_N_BANKS));
  g_assert_finalize_object (set);
}

static void
test_pads (void)
{
  ZabSet *set = zab_set_new ();
  guint   n_pads = 0;

  for (guint i = 0; i < ZAB_N_BANKS; i++)
    {
      ZabBank    *bank = zab_set_get_bank (set, i);
      GListModel *model = G_LIST_MODEL (bank);

      g_assert_true (g_list_model_get_item_type (model) == ZAB_TYPE_PAD);
      g_assert_cmpuint (g_list_model_get_n_items (model), ==, 36);
      for (guint j = 0; j < ZAB_PADS_PER_BANK; j++)
        {
          g_autoptr (ZabPad) pad = g_list_model_get_item (model, j);
          g_autofree char *label = g_strdup_printf ("%s%u", zab_bank_get_name (bank), j + 1);

          g_assert_true (pad == zab_bank_get_pad (bank, j));
          g_assert_true (pad == zab_set_get_pad (set, n_pads));
          g_assert_cmpuint (zab_pad_get_index (pad), ==, n_pads++);
          g_assert_cmpstr (zab_pad_get_label (pad), ==, label);
        }
      g_assert_null (g_list_model_get_item (model, ZAB_PADS_PER_BANK));
    }
  g_assert_cmpuint (n_pads, ==, 216);
  g_assert_finalize_object (set);
}

/* A pad that someone holds outlives the set; nothing else of it does. */
static void
test_lifetime (void)
{
  ZabSet  *set = zab_set_new ();
  ZabPad  *pad = g_object_ref (zab_set_get_pad (set, 40));
  ZabBank *bank = g_object_ref (zab_set_get_bank (set, 2));

  g_assert_finalize_object (set);
  g_assert_finalize_object (bank);
  g_assert_cmpstr (zab_pad_get_label (pad), ==, "B5");
  g_assert_finalize_object (pad);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/set/banks", test_banks);
  zab_test_add ("/model/set/pads", test_pads);
  zab_test_add ("/model/set/lifetime", test_lifetime);
  return g_test_run ();
}
