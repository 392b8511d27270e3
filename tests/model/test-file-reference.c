/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "lib/zab-test.h"
#include "model/zab-file-reference.h"

/* A file of the document portal (its mark is real, its mount is not there): it is kept under the
 * name that the sandbox has for it, and with the one that it has outside, by which it is found
 * there. The mark needs a disk, so this is beside the program. */
static void
test_portal (void)
{
  static const char MARK[] = "user.document-portal.host-path";
  g_autofree char  *dir = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "portal-XXXXXX", NULL);
  g_autofree char  *inside = NULL;
  g_autofree char  *outside = NULL;
  g_autofree char  *host = NULL;
  g_autoptr (GFile) sound = NULL;
  g_autoptr (GFile) there = NULL;
  g_autoptr (GFile) found = NULL;
  g_autoptr (ZabFileReference) reference = NULL;
  g_autoptr (ZabFileReference) back = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_nonnull (g_mkdtemp (dir));
  inside = g_build_filename (dir, "doc-kick.wav", NULL);
  outside = g_build_filename (dir, "kick ß.wav", NULL);
  sound = g_file_new_for_path (inside);
  there = g_file_new_for_path (outside);
  g_assert_true (g_file_set_contents (inside, "boom", -1, NULL));
  g_assert_true (g_file_set_contents (outside, "boom", -1, NULL));
  g_assert_null (zab_file_reference_get_host_path (sound));
  g_assert_cmpint (setxattr (inside, MARK, outside, strlen (outside), 0), ==, 0);
  host = zab_file_reference_get_host_path (sound);
  g_assert_cmpstr (host, ==, outside);
  reference = zab_file_reference_new (sound);
  reference->host = g_steal_pointer (&host);
  node = zab_file_reference_to_json (reference);
  back = zab_file_reference_from_json (node, "A1", NULL);
  g_assert_true (g_file_equal (back->file, sound));
  g_assert_cmpstr (back->host, ==, outside);
  found = zab_file_reference_resolve (back, NULL);
  g_assert_true (g_file_equal (found, sound));
  g_assert_cmpint (g_unlink (inside), ==, 0);
  g_set_object (&found, NULL);
  found = zab_file_reference_resolve (back, NULL);
  g_assert_true (g_file_equal (found, there));
  g_assert_cmpint (g_unlink (outside), ==, 0);
  g_assert_null (zab_file_reference_resolve (back, NULL));
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/file-reference/portal", test_portal);
  return g_test_run ();
}
