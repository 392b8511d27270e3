/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lib/zab-test.h"
#include "model/zab-session-private.h"
#include "ui/zab-recent-sounds.h"

typedef struct
{
  ZabSession      *session;
  ZabPreferences  *preferences;
  ZabRecentSounds *recent;
} Fixture;

static void
fixture_init (Fixture *self)
{
  self->session = zab_session_new_offline (48000);
  self->preferences = zab_preferences_new (self->session);
  self->recent = zab_recent_sounds_new (self->session, self->preferences);
}

static void
fixture_clear (Fixture *self)
{
  g_assert_finalize_object (self->recent);
  g_object_unref (self->preferences);
  zab_session_shut_down (self->session);
  g_object_unref (self->session);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static void
use (Fixture *self, const char *folder, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/%s/%u.wav", folder, i);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      zab_session_tell_used (self->session, file);
    }
}

static gboolean
is_listed (const char *uri)
{
  return gtk_recent_manager_has_item (gtk_recent_manager_get_default (), uri);
}

static guint
count_in (Fixture *self, const char *folder)
{
  g_autoptr (GPtrArray) files = zab_recent_sounds_dup (self->recent);
  g_autofree char *prefix = g_strdup_printf ("/%s/", folder);
  guint            n = 0;

  for (guint i = 0; i < files->len; i++)
    n += g_str_has_prefix (g_file_peek_path (files->pdata[i]), prefix);
  return n;
}

/* A whole set is there with its first bank, what comes later one by one. */
static void
test_many (void)
{
  g_auto (Fixture) self = { 0 };

  fixture_init (&self);
  use (&self, "many", 40);
  g_assert_cmpuint (count_in (&self, "many"), ==, 36);
  g_assert_true (is_listed ("file:///many/35.wav"));
  g_assert_false (is_listed ("file:///many/36.wav"));
  use (&self, "later", 1);
  g_assert_cmpuint (count_in (&self, "later"), ==, 1);
}

/* GTK's list hears of it when nothing loads. */
static void
test_loading (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GFile) gone = g_file_new_for_path ("/nowhere/any.wav");

  fixture_init (&self);
  zab_session_load (self.session, 0, gone);
  use (&self, "loading", 1);
  g_assert_cmpuint (zab_session_count_loading (self.session), ==, 1);
  g_assert_false (is_listed ("file:///loading/0.wav"));
  zab_test_wait_until (is_listed ("file:///loading/0.wav"));
  g_assert_cmpuint (zab_session_count_loading (self.session), ==, 0);
}

static void
test_unwanted (void)
{
  g_auto (Fixture) self = { 0 };

  fixture_init (&self);
  g_object_set (self.preferences, "remember-recent", FALSE, NULL);
  use (&self, "unwanted", 1);
  g_assert_cmpuint (count_in (&self, "unwanted"), ==, 0);
  g_object_set (self.preferences, "remember-recent", TRUE, NULL);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  gtk_init ();
  zab_test_add ("/ui/recent-sounds/many", test_many);
  zab_test_add ("/ui/recent-sounds/loading", test_loading);
  zab_test_add ("/ui/recent-sounds/unwanted", test_unwanted);
  return g_test_run ();
}
