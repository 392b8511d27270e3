/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "lib/zab-test.h"
#include "model/zab-json.h"

static void
assert_refused (const char *text, gsize length, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = zab_json_parse (text, length, &error);

  if (node != NULL)
    g_error ("%.80s was taken for JSON", text);
  g_assert_error (error, G_IO_ERROR, code);
}

static void
assert_round_trip (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = zab_json_parse (text, strlen (text), &error);
  g_autofree char *back = NULL;

  g_assert_no_error (error);
  back = zab_json_to_text (node, FALSE);
  g_assert_cmpstr (back, ==, text);
}

static void
test_round_trip (void)
{
  static const char *texts[] = {
    "{}",
    "[]",
    "{\"b\":1,\"a\":[true,false,null],\"\":{}}",
    "[0,-1,999999999999999999,-999999999999999999]",
    "[0.0,-0.0,0.1,0.7,1.0,1e+300,4.94065645841247e-324,1.7976931348623157e+308]",
    "[0.30000000000000004,123456789.12345679,3.141592653589793]",
    "[\"\",\"a\\\"b\\\\c\",\"\\u0001\\u001f\",\"ß 𝄞\"]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_round_trip (texts[i]);
}

/* The bits of any double survive. */
static void
test_doubles (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 20000; i++)
    {
      const guint64 bits = ((guint64)g_rand_int (rand) << 32) | g_rand_int (rand);
      g_autoptr (JsonNode) node = json_node_alloc ();
      g_autoptr (JsonNode) back = NULL;
      g_autofree char *text = NULL;
      double           value;
      double           read;

      memcpy (&value, &bits, sizeof value);
      if (!(value - value == 0))
        continue; /* not finite */
      json_node_init_double (node, value);
      text = zab_json_to_text (node, FALSE);
      back = zab_json_parse (text, strlen (text), NULL);
      g_assert_nonnull (back);
      read = json_node_get_double (back);
      g_assert_cmpmem (&read, sizeof read, &value, sizeof value);
    }
}

static void
test_indent (void)
{
  const char *text = "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": {\n    \"c\": \"d\"\n  }\n}\n";
  g_autoptr (JsonNode) node = zab_json_parse (text, strlen (text), NULL);
  g_autofree char *back = zab_json_to_text (node, TRUE);

  g_assert_cmpstr (back, ==, text);
}

static void
test_not_json (void)
{
  static const char *texts[] = {
    "",
    " ",
    "{",
    "}",
    "[1,]",
    "{\"a\"}",
    "{\"a\":1,}",
    "[1 2]",
    "{} {}",
    "1 {}",
    "{},",
    "nul",
    "truth",
    "// comment\n{}",
    "/* [ */ {}",
    "var a = {}",
    "{'a':1}",
    "[0x10]",
    "[010]",
    "[+1]",
    "[.5]",
    "[1.]",
    "[1e]",
    "[-]",
    "[NaN]",
    "[Infinity]",
    "[1e999]",
    "[-1e999]",
    "[1234567890123456789]",
    "[99999999999999999999999]",
    "[\"\\x\"]",
    "[\"\\u00\"]",
    "[\"\\u0000\"]",
    "[\"\\ud800\"]",
    "[\"\\udc00\"]",
    "[\"\\ud800\\u0041\"]",
    "[\"\n\"]",
    "[\"",
    "[\"\\",
    "[\"\\u",
    "\xff",
    "[\"\xc3\"]",
    "[\"\xed\xa0\x80\"]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], strlen (texts[i]), G_IO_ERROR_INVALID_DATA);
  assert_refused ("[\0]", 3, G_IO_ERROR_INVALID_DATA);
}

static char *
nested (guint depth)
{
  char *text = g_malloc (2 * depth + 1);

  memset (text, '[', depth);
  memset (text + depth, ']', depth);
  text[2 * depth] = '\0';
  return text;
}

static void
test_limits (void)
{
  g_autofree char *deepest = nested (ZAB_JSON_MAX_DEPTH);
  g_autofree char *too_deep = nested (ZAB_JSON_MAX_DEPTH + 1);
  g_autofree char *far_too_deep = nested (100000);
  g_autofree char *spaces = g_strnfill (ZAB_JSON_MAX_LENGTH + 1, ' ');
  g_autoptr (GString) many = g_string_new ("[");

  assert_round_trip (deepest);
  assert_refused (too_deep, strlen (too_deep), G_IO_ERROR_MESSAGE_TOO_LARGE);
  assert_refused (far_too_deep, strlen (far_too_deep), G_IO_ERROR_MESSAGE_TOO_LARGE);
  spaces[0] = '[';
  spaces[ZAB_JSON_MAX_LENGTH] = ']';
  assert_refused (spaces, ZAB_JSON_MAX_LENGTH + 1, G_IO_ERROR_MESSAGE_TOO_LARGE);
  spaces[ZAB_JSON_MAX_LENGTH - 1] = ']';
  spaces[ZAB_JSON_MAX_LENGTH] = '\0';
  json_node_unref (zab_json_parse (spaces, ZAB_JSON_MAX_LENGTH, NULL));
  for (guint i = 0; i < ZAB_JSON_MAX_VALUES; i++)
    g_string_append (many, i > 0 ? ",1" : "1");
  g_string_append_c (many, ']');
  assert_refused (many->str, many->len, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/json/round-trip", test_round_trip);
  zab_test_add ("/model/json/doubles", test_doubles);
  zab_test_add ("/model/json/indent", test_indent);
  zab_test_add ("/model/json/not-json", test_not_json);
  zab_test_add ("/model/json/limits", test_limits);
  return g_test_run ();
}
