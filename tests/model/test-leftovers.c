/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/zab-test.h"
#include "model/zab-leftovers.h"
#include "model/zab-pad-private.h"
#include "model/zab-pad-record.h"
#include "model/zab-set-claim.h"
#include "model/zab-set-file.h"
#include "rt/zab-rt.h"

#define HASH  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define OTHER "1111111111111111111111111111111111111111111111111111111111111111"

static const gint64 DAY = 24 * 60 * 60;

typedef struct
{
  char  *dir;
  char  *bundles;
  char  *state;
  gint64 now;
} Fixture;

static void
put (Fixture *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->dir, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static gboolean
is_there (Fixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->dir, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* An unpacked bundle with a sound. */
static void
fixture_init (Fixture *self)
{
  self->dir = zab_test_make_dir ();
  self->bundles = g_build_filename (self->dir, "bundles", NULL);
  self->state = g_build_filename (self->dir, "state", NULL);
  self->now = g_get_real_time () / G_USEC_PER_SEC;
  put (self, "bundles/" HASH "/sounds/kick.wav", "boom");
  put (self, "state/journal-1", "nothing");
}

static void
fixture_clear (Fixture *self)
{
  g_free (self->dir);
  g_free (self->bundles);
  g_free (self->state);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static guint
clean_after (Fixture *self, gint64 days)
{
  return zab_leftovers_clean (self->bundles, self->state, self->now + days * DAY);
}

static void
test_bundle (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  put (&self, "bundles/mine/a", "no bundle");
  g_assert_cmpuint (clean_after (&self, 29), ==, 0);
  g_assert_true (is_there (&self, "bundles/" HASH "/sounds/kick.wav"));
  g_assert_cmpuint (clean_after (&self, 31), ==, 1);
  g_assert_false (is_there (&self, "bundles/" HASH));
  g_assert_true (is_there (&self, "bundles/mine/a"));
  g_assert_cmpuint (clean_after (&self, 31), ==, 0);
}

/* Any journal, of a program that runs or not, whole or damaged; any set that was not saved. */
static void
test_mentioned (void)
{
  static const char *names[] = { "state/journal-1", "state/journal-7", "state/journal-1.damaged",
                                 "state/unsaved/a.zabset" };
  g_auto (Fixture) self;

  fixture_init (&self);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      put (&self, names[i], "x file:///music/bundles/" HASH "/sounds/kick.wav x");
      g_assert_cmpuint (clean_after (&self, 80), ==, 0);
      put (&self, names[i], "x file:///music/bundles/" OTHER "/sounds/kick.wav x");
    }
  g_assert_cmpuint (clean_after (&self, 80), ==, 1);
}

static void
test_held (void)
{
  g_auto (Fixture) self;
  g_autofree char *folder = NULL;
  int              hold;

  fixture_init (&self);
  folder = g_build_filename (self.bundles, HASH, NULL);
  hold = zab_leftovers_hold (folder);
  g_assert_cmpint (hold, >=, 0);
  g_assert_cmpuint (clean_after (&self, 100), ==, 0);
  g_assert_true (is_there (&self, "bundles/" HASH "/sounds/kick.wav"));
  close (hold);
  g_assert_cmpuint (clean_after (&self, 100), ==, 1);
  g_assert_cmpint (zab_leftovers_hold (folder), ==, -1);
}

static ZabSetContents *
contents_new (GFile *file)
{
  JsonNode       *records[ZAB_N_PADS] = { NULL };
  ZabPad         *pad = zab_pad_new (0);
  ZabSetContents *contents;

  zab_pad_begin_restore (pad, file, NULL);
  records[0] = zab_pad_record_capture (pad, NULL, NULL);
  g_assert_finalize_object (pad);
  contents = zab_set_contents_new (records, NULL, NULL, NULL);
  json_node_unref (records[0]);
  return contents;
}

/* A set that was saved with the bundle's sounds has them until it is saved without; one that is not
 * there may be on a disk that was taken out. */
static void
test_saved_set (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) sound = NULL;
  g_autoptr (GFile) set = NULL;
  g_autoptr (ZabSetContents) contents = NULL;
  g_autoptr (ZabSetContents) empty = zab_set_contents_new_empty ();

  fixture_init (&self);
  sound = g_file_new_build_filename (self.bundles, HASH, "sounds", "kick.wav", NULL);
  set = g_file_new_build_filename (self.dir, "a ß.zabset", NULL);
  contents = contents_new (sound);
  for (guint i = 0; i < 2; i++)
    {
      zab_leftovers_note_use (self.bundles, contents, set);
      g_assert_true (zab_set_file_save (set, contents, NULL, NULL, NULL));
    }
  g_assert_cmpuint (clean_after (&self, 1000), ==, 0);
  g_assert_cmpint (g_unlink (g_file_peek_path (set)), ==, 0);
  g_assert_cmpuint (clean_after (&self, 1000), ==, 0);
  g_assert_true (zab_set_file_save (set, empty, NULL, NULL, NULL));
  g_assert_cmpuint (clean_after (&self, 1000), ==, 1);
}

/* What a killed program left half done. */
static void
test_half (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  put (&self, "bundles/.new-abcdef/sounds/kick.wav", "bo");
  put (&self, "bundles/.old-" HASH "/sounds/kick.wav", "boom");
  g_assert_cmpuint (clean_after (&self, 0), ==, 0);
  g_assert_cmpuint (clean_after (&self, 2), ==, 2);
  g_assert_false (is_there (&self, "bundles/.new-abcdef"));
  g_assert_true (is_there (&self, "bundles/" HASH "/sounds/kick.wav"));
}

static void
test_unsaved (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  put (&self, "state/unsaved/a (ß) 1.zabset", "{}");
  put (&self, "state/unsaved/b 2.zabset", "{}");
  put (&self, "state/journal-2", "{\"file\":\"file:///x/unsaved/a%20(%C3%9F)%201.zabset\"}");
  g_assert_cmpuint (zab_leftovers_clean ("/nowhere", self.state, self.now + 89 * DAY), ==, 0);
  g_assert_cmpuint (zab_leftovers_clean ("/nowhere", self.state, self.now + 91 * DAY), ==, 1);
  g_assert_true (is_there (&self, "state/unsaved/a (ß) 1.zabset"));
  g_assert_false (is_there (&self, "state/unsaved/b 2.zabset"));
}

static void
test_claims (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) set = g_file_new_for_path ("/a.zabset");
  ZabSetClaim *claim;
  gboolean     taken;

  fixture_init (&self);
  put (&self, "state/open-dead", "");
  claim = zab_set_claim_new (self.state, set, &taken);
  g_assert_false (taken);
  g_assert_null (zab_set_claim_new (self.state, set, &taken));
  g_assert_true (taken);
  g_assert_cmpuint (zab_leftovers_clean ("/nowhere", self.state, self.now + 2 * DAY), ==, 1);
  g_assert_false (is_there (&self, "state/open-dead"));
  g_assert_null (zab_set_claim_new (self.state, set, &taken));
  zab_set_claim_free (claim);
  claim = zab_set_claim_new (self.state, set, &taken);
  g_assert_nonnull (claim);
  zab_set_claim_free (claim);
  g_assert_null (zab_set_claim_new ("/nowhere", set, &taken));
  g_assert_false (taken);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/leftovers/bundle", test_bundle);
  zab_test_add ("/model/leftovers/mentioned", test_mentioned);
  zab_test_add ("/model/leftovers/held", test_held);
  zab_test_add ("/model/leftovers/saved-set", test_saved_set);
  zab_test_add ("/model/leftovers/half", test_half);
  zab_test_add ("/model/leftovers/unsaved", test_unsaved);
  zab_test_add ("/model/leftovers/claims", test_claims);
  return g_test_run ();
}
