/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lib/zab-test.h"
#include "model/zab-json.h"
#include "model/zab-pad-private.h"
#include "model/zab-pad-record.h"
#include "model/zab-set-contents.h"
#include "model/zab-set-error.h"
#include "model/zab-settings.h"
#include "rt/zab-rt.h"

#ifdef ZAB_SANITIZING
#define N_RANDOM_SETS 10 /* they take their time there */
#else
#define N_RANDOM_SETS 40
#endif

#define HEAD "{\"format\":\"zabumba-set\",\"version\":1"

static ZabSetContents *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  ZabSetContents *contents = zab_set_contents_parse (text, strlen (text), "a.zabset", &error);

  g_assert_no_error (error);
  return contents;
}

/* Every version that there ever was opens, says the same and keeps what it does not know. */
static void
test_versions (void)
{
  for (guint version = 1; version <= ZAB_SET_VERSION; version++)
    {
      g_autofree char *name = g_strdup_printf ("version-%u.zabset", version);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "sets", name, NULL);
      g_autofree char *text = NULL;
      g_autofree char *back = NULL;
      g_autoptr (ZabSetContents) contents = NULL;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      contents = parse (text);
      back = zab_set_contents_to_text (contents);
      if (version == ZAB_SET_VERSION)
        g_assert_cmpstr (back, ==, text);
    }
}

static const char *
get_mode (ZabSetContents *contents, guint pad)
{
  JsonObject *record = json_node_get_object (zab_set_contents_get_record (contents, pad));

  g_assert_false (json_object_has_member (record, "loop"));
  return json_object_get_string_member (record, "mode");
}

/* What was a switch in version 1 is a mode. */
static void
test_migrate_loop (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "data", "sets", "version-1.zabset", NULL);
  g_autofree char *text = NULL;
  g_autoptr (ZabSetContents) contents = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  contents = parse (text);
  g_assert_cmpstr (get_mode (contents, 0), ==, "loop");
  g_assert_cmpstr (get_mode (contents, 107), ==, "one-shot");
  g_assert_cmpstr (get_mode (contents, ZAB_N_PADS - 1), ==, "one-shot");
}

/* Since then it is a setting of its own. */
static void
test_loop (void)
{
  g_autoptr (ZabSetContents) contents
      = parse ("{\"format\":\"zabumba-set\",\"version\":2,\"pads\":[{\"pad\":\"A1\",\"loop\":true},"
               "{\"pad\":\"A2\",\"mode\":\"gate\",\"loop\":true}]}");

  for (guint i = 0; i < 2; i++)
    {
      JsonObject *record = json_node_get_object (zab_set_contents_get_record (contents, i));

      g_assert_true (json_object_get_boolean_member (record, "loop"));
      g_assert_cmpint (json_object_has_member (record, "mode"), ==, i == 1);
    }
}

static void
test_order (void)
{
  g_autoptr (ZabSetContents) contents = parse (
      "{\"zoo\":1,\"pads\":[{\"loop\":true,\"pad\":\"B1\",\"gain\":1,\"abc\":2},{\"pad\":\"A2\"}],"
      "\"version\":1,\"format\":\"zabumba-set\",\"ant\":{}}");
  g_autofree char *text = zab_set_contents_to_text (contents);

  g_assert_cmpstr (text, ==,
                   "{\n  \"format\": \"zabumba-set\",\n  \"version\": 2,\n  \"session\": {},\n"
                   "  \"view\": {},\n  \"pads\": [\n    {\n      \"pad\": \"A2\"\n    },\n"
                   "    {\n      \"pad\": \"B1\",\n      \"abc\": 2,\n      \"gain\": 1,\n"
                   "      \"mode\": \"loop\"\n    }\n  ],\n  \"ant\": {},\n  \"zoo\": 1\n}\n");
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    int         code;
  } sets[] = {
    { "[]", ZAB_SET_ERROR_NOT_A_SET },
    { "{}", ZAB_SET_ERROR_NOT_A_SET },
    { "{\"format\":5}", ZAB_SET_ERROR_NOT_A_SET },
    { "{\"format\":{}}", ZAB_SET_ERROR_NOT_A_SET },
    { "{\"format\":\"other\",\"version\":1}", ZAB_SET_ERROR_NOT_A_SET },
    { "no JSON", ZAB_SET_ERROR_NOT_A_SET },
    { "{\"format\":\"zabumba-set\"}", ZAB_SET_ERROR_DAMAGED },
    { "{\"format\":\"zabumba-set\",\"version\":\"1\"}", ZAB_SET_ERROR_DAMAGED },
    { "{\"format\":\"zabumba-set\",\"version\":1.0}", ZAB_SET_ERROR_DAMAGED },
    { "{\"format\":\"zabumba-set\",\"version\":0}", ZAB_SET_ERROR_DAMAGED },
    { "{\"format\":\"zabumba-set\",\"version\":-1}", ZAB_SET_ERROR_DAMAGED },
    { "{\"format\":\"zabumba-set\",\"version\":3}", ZAB_SET_ERROR_NEWER },
    { "{\"format\":\"zabumba-set\",\"version\":999999999999999999}", ZAB_SET_ERROR_NEWER },
    { HEAD ",\"pads\":{}}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":null}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[1]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[null]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":1}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":[]}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"\"}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A\"}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A0\"}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A01\"}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A37\"}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"G1\"}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\"},{\"pad\":\"A1\"}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"gain\":\"1\"}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"gain\":-0.1}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"gain\":4.1}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"gain\":null}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"loop\":1}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"loop\":[]}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"mode\":\"round\"}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"mode\":3}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"choke\":9}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"start\":-0.1}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"session\":{\"tempo\":19.9}}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"session\":{\"metre-unit\":0}}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"session\":{\"exclusive\":1}}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"name\":1}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"file\":\"a.wav\"}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"file\":{}}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"file\":{\"uri\":\"a.wav\"}}]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"file\":{\"uri\":\"file:///a\",\"size\":-1}}]}",
      ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"file\":{\"uri\":\"file:///a\",\"size\":1.5}}]}",
      ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"file\":{\"uri\":\"file:///a\",\"sha256\":\"12\"}}]}",
      ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"file\":{\"uri\":\"file:///a\",\"relative\":\"/b\"}}]}",
      ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"pads\":[{\"pad\":\"A1\",\"file\":{\"uri\":\"file:///a\",\"relative\":\"\"}}]}",
      ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"session\":[]}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"session\":{\"volume\":1.1}}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"view\":{\"bank\":6}}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"view\":{\"bank\":-1}}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"view\":{\"bank\":\"A\"}}", ZAB_SET_ERROR_DAMAGED },
    { HEAD ",\"view\":1}", ZAB_SET_ERROR_DAMAGED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autoptr (GError) error = NULL;

      if (zab_set_contents_parse (sets[i].text, strlen (sets[i].text), "a.zabset", &error) != NULL)
        g_error ("%s was taken for a set", sets[i].text);
      if (!g_error_matches (error, ZAB_SET_ERROR, sets[i].code))
        g_error ("%s: %s", sets[i].text, error->message);
      g_assert_nonnull (strstr (error->message, "“a.zabset”"));
    }
}

static void
test_too_many_pads (void)
{
  g_autoptr (GString) text = g_string_new (HEAD ",\"pads\":[");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= ZAB_N_PADS; i++)
    g_string_append (text, i > 0 ? ",0" : "0");
  g_string_append (text, "]}");
  g_assert_null (zab_set_contents_parse (text->str, text->len, "a", &error));
  g_assert_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_DAMAGED);
}

/* --- Pads ------------------------------------------------------------------------------------ */

static void
test_labels (void)
{
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      ZabPad *pad = zab_pad_new (i);
      guint   index = G_MAXUINT;

      g_assert_true (zab_pad_record_parse_label (zab_pad_get_label (pad), &index));
      g_assert_cmpuint (index, ==, i);
      g_assert_finalize_object (pad);
    }
}

/* What is writable is what the musician sets, and a set remembers it. */
static void
assert_all_writable_are_settings (GType type, const char *but)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (type);
  g_autofree GParamSpec **specs = NULL;
  guint                   n_specs;

  specs = g_object_class_list_properties (G_OBJECT_CLASS (klass), &n_specs);
  for (guint i = 0; i < n_specs; i++)
    if ((specs[i]->flags & G_PARAM_WRITABLE) != 0 && g_strcmp0 (specs[i]->name, but) != 0
        && !zab_settings_has (type, specs[i]->name))
      g_error ("%s of %s is writable, but a set would forget it", specs[i]->name,
               g_type_name (type));
}

static void
test_nothing_is_forgotten (void)
{
  assert_all_writable_are_settings (ZAB_TYPE_PAD, NULL);
}

static void
test_empty_pad (void)
{
  ZabPad *pad = zab_pad_new (3);
  g_autoptr (JsonNode) record = NULL;

  g_assert_null (zab_pad_record_capture (pad, NULL, NULL));
  zab_pad_set_gain (pad, 0.5);
  record = zab_pad_record_capture (pad, NULL, NULL);
  g_assert_nonnull (record);
  zab_pad_clear (pad);
  g_assert_null (zab_pad_record_capture (pad, record, NULL));
  g_assert_finalize_object (pad);
}

static void
assert_record (ZabPad *pad, JsonNode *old, const char *expected)
{
  g_autoptr (JsonNode) record = zab_pad_record_capture (pad, old, NULL);
  g_autofree char *text = zab_json_to_text (record, FALSE);

  g_assert_cmpstr (text, ==, expected);
}

static JsonNode *
read_record (const char *text)
{
  g_autoptr (JsonNode) node = zab_json_parse (text, strlen (text), NULL);
  guint     pad;
  JsonNode *record = zab_pad_record_read (node, ZAB_SET_VERSION, &pad, NULL);

  g_assert_nonnull (record);
  g_assert_cmpuint (pad, ==, 3);
  return record;
}

/* The size, the hash and what a newer version wrote go with the file. */
static void
test_capture (void)
{
  g_autoptr (JsonNode) old = read_record ("{\"pad\":\"A4\",\"file\":{\"uri\":\"file:///a.wav\","
                                          "\"size\":5,\"new\":[]},\"gain\":2.0,\"hue\":\"red\"}");
  g_autoptr (GFile) a = g_file_new_for_path ("/a.wav");
  g_autoptr (GFile) b = g_file_new_for_path ("/b.wav");
  ZabPad *pad = zab_pad_new (3);

  zab_pad_begin_load (pad, a);
  zab_pad_end_load (pad, 1, NULL);
  assert_record (pad, old,
                 "{\"pad\":\"A4\",\"file\":{\"uri\":\"file:///a.wav\",\"size\":5,\"new\":[]},"
                 "\"hue\":\"red\",\"name\":\"a\"}");
  zab_pad_begin_load (pad, b);
  zab_pad_set_name (pad, "Bee");
  assert_record (pad, old,
                 "{\"pad\":\"A4\",\"file\":{\"uri\":\"file:///b.wav\"},"
                 "\"hue\":\"red\",\"name\":\"Bee\"}");
  zab_pad_fail_load (pad, "it is no sound", FALSE);
  assert_record (pad, NULL,
                 "{\"pad\":\"A4\",\"file\":{\"uri\":\"file:///a.wav\"},"
                 "\"name\":\"a\"}");
  zab_pad_revert_load (pad);
  g_assert_cmpint (zab_pad_get_state (pad), ==, ZAB_PAD_READY);
  g_assert_cmpstr (zab_pad_get_name (pad), ==, "a");
  zab_pad_clear (pad);
  g_assert_finalize_object (pad);
}

/* However its load ends, a restored file stays until the pad is cleared. */
static void
test_restored (void)
{
  g_autoptr (GFile) a = g_file_new_for_path ("/a.wav");
  g_autoptr (GFile) b = g_file_new_for_path ("/b.wav");
  ZabPad *pad = zab_pad_new (3);

  zab_pad_begin_restore (pad, a, "Ay");
  g_assert_cmpint (zab_pad_get_state (pad), ==, ZAB_PAD_WAITING);
  zab_pad_revert_load (pad);
  g_assert_cmpint (zab_pad_get_state (pad), ==, ZAB_PAD_FAILED);
  g_assert_nonnull (zab_pad_get_error (pad));
  g_assert_true (zab_pad_get_file (pad) == a);
  zab_pad_begin_load (pad, b);
  zab_pad_fail_load (pad, "it is no sound", FALSE);
  g_assert_true (zab_pad_get_file (pad) == b);
  g_assert_true (zab_pad_get_kept_file (pad) == a);
  zab_pad_revert_load (pad);
  g_assert_true (zab_pad_get_file (pad) == a);
  g_assert_cmpstr (zab_pad_get_name (pad), ==, "Ay");
  zab_pad_begin_load (pad, b);
  zab_pad_end_load (pad, 1, NULL);
  g_assert_true (zab_pad_get_kept_file (pad) == b);
  zab_pad_clear (pad);
  g_assert_cmpint (zab_pad_get_state (pad), ==, ZAB_PAD_EMPTY);
  g_assert_null (zab_pad_get_kept_file (pad));
  g_assert_finalize_object (pad);
}

/* --- Random sets ----------------------------------------------------------------------------- */

static double
random_number (GRand *rand, GParamSpec *spec)
{
  if (G_IS_PARAM_SPEC_DOUBLE (spec))
    return g_rand_double_range (rand, G_PARAM_SPEC_DOUBLE (spec)->minimum,
                                G_PARAM_SPEC_DOUBLE (spec)->maximum);
  if (G_IS_PARAM_SPEC_UINT (spec))
    return g_rand_int_range (rand, 0, (int)G_PARAM_SPEC_UINT (spec)->maximum + 1);
  if (G_IS_PARAM_SPEC_ENUM (spec))
    return g_rand_int_range (rand, 0, G_PARAM_SPEC_ENUM (spec)->enum_class->maximum + 1);
  g_assert_true (G_IS_PARAM_SPEC_BOOLEAN (spec));
  return g_rand_boolean (rand);
}

/* Half of all the settings that there are, but for the name. */
static void
randomise_numbers (GRand *rand, ZabPad *pad)
{
  for (guint prop = ZAB_PAD_PROP_MODE; prop < ZAB_PAD_N_PROPS; prop++)
    if (g_rand_boolean (rand))
      zab_pad_set_number (pad, prop, random_number (rand, zab_pad_get_spec (prop)));
}

static JsonNode *
random_record (GRand *rand, guint index)
{
  g_autofree char *path = g_strdup_printf ("/m/%u/\xff %u ß.wav", g_rand_int (rand), index);
  g_autofree char *name = g_strdup_printf ("%u ❤\t\"\\", g_rand_int (rand));
  g_autoptr (GFile) file = g_file_new_for_path (path);
  ZabPad   *pad = zab_pad_new (index);
  JsonNode *record;

  if (g_rand_boolean (rand))
    zab_pad_begin_restore (pad, file, g_rand_boolean (rand) ? name : NULL);
  randomise_numbers (rand, pad);
  record = zab_pad_record_capture (pad, NULL, NULL);
  g_assert_finalize_object (pad);
  return record;
}

static ZabSetContents *
random_contents (GRand *rand)
{
  JsonNode       *records[ZAB_N_PADS];
  ZabSetContents *contents;

  for (guint i = 0; i < ZAB_N_PADS; i++)
    records[i] = random_record (rand, i);
  contents = zab_set_contents_new (records, NULL, NULL, NULL);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    g_clear_pointer (&records[i], json_node_unref);
  return contents;
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < N_RANDOM_SETS; i++)
    {
      g_autoptr (ZabSetContents) contents = random_contents (rand);
      g_autofree char *text = zab_set_contents_to_text (contents);
      g_autoptr (ZabSetContents) back = parse (text);
      g_autofree char *again = zab_set_contents_to_text (back);

      g_assert_true (zab_set_contents_equal (contents, back));
      g_assert_cmpstr (again, ==, text);
    }
}

static void
test_changes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_autoptr (ZabSetContents) before = random_contents (rand);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (ZabSetContents) after = random_contents (rand);
      g_autofree char *changes = zab_set_contents_to_changes (after, before);
      g_autoptr (JsonNode) node = zab_json_parse (changes, strlen (changes), NULL);
      g_autoptr (ZabSetContents) again = zab_set_contents_apply_changes (before, node, NULL);

      g_assert_nonnull (again);
      g_assert_false (zab_set_contents_equal (before, after));
      g_assert_true (zab_set_contents_equal (again, after));
    }
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/set-contents/versions", test_versions);
  zab_test_add ("/model/set-contents/migrate-loop", test_migrate_loop);
  zab_test_add ("/model/set-contents/loop", test_loop);
  zab_test_add ("/model/set-contents/order", test_order);
  zab_test_add ("/model/set-contents/refused", test_refused);
  zab_test_add ("/model/set-contents/too-many-pads", test_too_many_pads);
  zab_test_add ("/model/set-contents/labels", test_labels);
  zab_test_add ("/model/set-contents/nothing-is-forgotten", test_nothing_is_forgotten);
  zab_test_add ("/model/set-contents/empty-pad", test_empty_pad);
  zab_test_add ("/model/set-contents/capture", test_capture);
  zab_test_add ("/model/set-contents/restored", test_restored);
  zab_test_add ("/model/set-contents/random", test_random);
  zab_test_add ("/model/set-contents/changes", test_changes);
  return g_test_run ();
}
