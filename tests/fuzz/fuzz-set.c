/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as a set: they are refused, or read, and what was read is written and read again. */
#include <stdint.h>
#include <string.h>

#include "model/zab-set-contents.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZabSetContents) contents
      = zab_set_contents_parse ((const char *)data, size, "fuzz", &error);
  g_autoptr (ZabSetContents) back = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  g_assert_true ((contents != NULL) == (error == NULL));
  if (contents == NULL)
    return 0;
  text = zab_set_contents_to_text (contents);
  back = zab_set_contents_parse (text, strlen (text), "again", NULL);
  g_assert_nonnull (back);
  again = zab_set_contents_to_text (back);
  g_assert_cmpstr (again, ==, text);
  return 0;
}
