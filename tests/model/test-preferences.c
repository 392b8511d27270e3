/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is preferred is kept, and is heard at once. */
#include <math.h>

#include "lib/zab-test-wav.h"
#include "model/zab-preferences.h"
#include "zab-config.h"
#include "zab-test-session.h"

static guint
get_uint (gpointer object, const char *name)
{
  guint value;

  g_object_get (object, name, &value, NULL);
  return value;
}

static void
test_defaults (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (ZabPreferences) preferences = NULL;
  gboolean limiter;
  int      converter;

  zab_test_session_init (&self);
  preferences = zab_preferences_new (self.session);
  g_object_get (preferences, "limiter", &limiter, "converter", &converter, NULL);
  g_assert_true (limiter);
  g_assert_cmpint (converter, ==, ZAB_CONVERTER_FFT);
  g_assert_cmpuint (get_uint (preferences, "memory-limit"), ==, 0);
  g_assert_cmpuint (zab_preferences_get_automatic_memory (preferences), >, 0);
  g_assert_finalize_object (g_steal_pointer (&preferences));
}

/* Each key of the schema is a property with its default, and the other way round. */
static void
test_schema (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (ZabPreferences) preferences = NULL;
  g_autoptr (GSettings) settings = g_settings_new (ZAB_APP_ID);
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;
  g_autofree GParamSpec **pspecs = NULL;
  guint                   n_pspecs;

  zab_test_session_init (&self);
  preferences = zab_preferences_new (self.session);
  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (preferences), &n_pspecs);
  g_assert_cmpuint (g_strv_length (keys), ==, n_pspecs);
  for (guint i = 0; i < n_pspecs; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_assert_true (g_strv_contains ((const char *const *)keys, pspecs[i]->name));
      g_object_get_property (G_OBJECT (preferences), pspecs[i]->name, &value);
      g_assert_cmpint (
          g_param_values_cmp (pspecs[i], &value, g_param_spec_get_default_value (pspecs[i])), ==,
          0);
    }
  g_assert_finalize_object (g_steal_pointer (&preferences));
}

static void
test_kept (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (ZabPreferences) preferences = NULL;
  g_autoptr (GSettings) settings = g_settings_new (ZAB_APP_ID);
  g_autofree char *converter = NULL;

  zab_test_session_init (&self);
  preferences = zab_preferences_new (self.session);
  g_object_set (preferences, "memory-limit", 3, "converter", ZAB_CONVERTER_LIBSAMPLERATE, NULL);
  g_assert_cmpuint (zab_engine_get_memory_limit (self.engine), ==, 3 << 20);
  g_assert_finalize_object (g_steal_pointer (&preferences));
  converter = g_settings_get_string (settings, "converter");
  g_assert_cmpstr (converter, ==, "libsamplerate");

  zab_engine_set_memory_limit (self.engine, 1 << 30);
  preferences = zab_preferences_new (self.session);
  g_assert_cmpuint (get_uint (preferences, "memory-limit"), ==, 3);
  g_assert_cmpuint (zab_engine_get_memory_limit (self.engine), ==, 3 << 20);
  g_settings_reset (settings, "memory-limit");
  g_settings_reset (settings, "converter");
  g_assert_cmpuint (zab_engine_get_memory_limit (self.engine), ==, 1 << 30);
  g_assert_finalize_object (g_steal_pointer (&preferences));
}

/* A square wave of nearly full scale on pad 0. */
static void
load_loud (ZabTestSession *self)
{
  g_autofree float *frames = g_new (float, ZAB_TEST_SESSION_FRAMES);
  g_autofree char  *path = g_build_filename (self->dir, "loud.wav", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < ZAB_TEST_SESSION_FRAMES; i++)
    frames[i] = i / 100 % 2 == 0 ? 0.9f : -0.9f;
  zab_test_wav_write (path, frames, ZAB_TEST_SESSION_FRAMES, 1, ZAB_TEST_SESSION_RATE, &error);
  g_assert_no_error (error);
  zab_session_load (self->session, 0, file);
  zab_test_wait_until (zab_pad_get_state (zab_test_session_get_pad (self, 0)) == ZAB_PAD_READY);
}

/* The loudest value of a pad that plays 12 dB too loud. */
static float
render_loud (ZabTestSession *self)
{
  enum
  {
    N_FRAMES = ZAB_TEST_SESSION_FRAMES
  };
  g_autofree float *out = g_new (float, 2 * N_FRAMES);
  float             peak = 0;

  zab_session_play (self->session, 0, 1);
  zab_engine_render (self->engine, out, N_FRAMES);
  for (guint i = 0; i < 2 * N_FRAMES; i++)
    peak = fmaxf (peak, fabsf (out[i]));
  zab_session_stop_all (self->session);
  zab_engine_render (self->engine, out, N_FRAMES);
  return peak;
}

static void
test_limiter (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (ZabPreferences) preferences = NULL;

  zab_test_session_init (&self);
  load_loud (&self);
  zab_pad_set_gain (zab_test_session_get_pad (&self, 0), 4);
  zab_session_set_volume (self.session, 1);
  preferences = zab_preferences_new (self.session);
  render_loud (&self); /* the gain glides there */
  g_assert_cmpfloat (render_loud (&self), <=, 1);
  g_object_set (preferences, "limiter", FALSE, NULL);
  render_loud (&self);
  g_assert_cmpfloat (render_loud (&self), >, 1.5);
  g_object_set (preferences, "limiter", TRUE, NULL);
  g_assert_finalize_object (g_steal_pointer (&preferences));
}

/* Of pads that were empty; who has a fade keeps it. */
static void
test_new_release (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (ZabPreferences) preferences = NULL;

  zab_test_session_init (&self);
  preferences = zab_preferences_new (self.session);
  zab_test_session_load_sound (&self, 0, "kick.wav", 0);
  g_assert_cmpfloat (zab_pad_get_release (zab_test_session_get_pad (&self, 0)), ==, 3);
  g_object_set (preferences, "new-release", 40.0, NULL);
  zab_test_session_load_sound (&self, 0, "snare.wav", 0);
  zab_test_session_load_sound (&self, 1, "hat.wav", 0);
  g_assert_cmpfloat (zab_pad_get_release (zab_test_session_get_pad (&self, 0)), ==, 3);
  g_assert_cmpfloat (zab_pad_get_release (zab_test_session_get_pad (&self, 1)), ==, 40);
  g_object_set (preferences, "new-release", 3.0, NULL);
  g_assert_finalize_object (g_steal_pointer (&preferences));
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/preferences/defaults", test_defaults);
  zab_test_add ("/model/preferences/schema", test_schema);
  zab_test_add ("/model/preferences/kept", test_kept);
  zab_test_add ("/model/preferences/limiter", test_limiter);
  zab_test_add ("/model/preferences/new-release", test_new_release);
  return g_test_run ();
}
