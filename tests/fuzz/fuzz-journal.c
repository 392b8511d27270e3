/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as the changes of a journal's entry. */
#include <stdint.h>

#include "model/zab-json.h"
#include "model/zab-set-contents.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = zab_json_parse ((const char *)data, size, NULL);
  g_autoptr (ZabSetContents) before = zab_set_contents_new_empty ();
  g_autoptr (ZabSetContents) after = NULL;

  if (node == NULL)
    return 0;
  after = zab_set_contents_apply_changes (before, node, &error);
  g_assert_true ((after != NULL) == (error == NULL));
  return 0;
}
