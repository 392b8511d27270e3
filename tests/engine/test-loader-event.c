/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/load/zab-load-error.h"
#include "engine/load/zab-loader-event.h"

enum
{
  N_EVENTS = 7
};

/* One of each variant, and the variants' variants. */
static void
make_events (ZabLoaderEvent *events[N_EVENTS])
{
  g_autoptr (GError) error
      = g_error_new (ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED, "“x.wav” is damaged");
  ZabLoaderSuccess plain = { .duration = 1.5, .n_frames = 72000, .channels = 2, .rate = 44100 };
  ZabLoaderSuccess warned = plain;

  warned.warning = (char *)"cut off";
  events[0] = zab_loader_event_new_started (3, 7);
  events[1] = zab_loader_event_new_progress (3, 7, ZAB_LOAD_STAGE_DECODING, 0.33);
  events[2] = zab_loader_event_new_progress (3, 7, ZAB_LOAD_STAGE_READING, -1);
  events[3] = zab_loader_event_new_success (3, 7, &plain);
  events[4] = zab_loader_event_new_success (3, 7, &warned);
  events[5] = zab_loader_event_new_error (3, 7, error);
  events[6] = zab_loader_event_new_cancelled (3, 7);
}

static void
free_events (ZabLoaderEvent *events[N_EVENTS])
{
  for (int i = 0; i < N_EVENTS; i++)
    g_clear_pointer (&events[i], zab_loader_event_free);
}

static void
test_copy_equal (void)
{
  ZabLoaderEvent *events[N_EVENTS];

  make_events (events);
  for (int i = 0; i < N_EVENTS; i++)
    {
      g_autoptr (ZabLoaderEvent) copy = g_boxed_copy (ZAB_TYPE_LOADER_EVENT, events[i]);

      for (int j = 0; j < N_EVENTS; j++)
        g_assert_cmpint (zab_loader_event_equal (copy, events[j]), ==, i == j);
      copy->pad = 4;
      g_assert_false (zab_loader_event_equal (copy, events[i]));
    }
  free_events (events);
}

static void
test_is_end (void)
{
  const gboolean  ends[N_EVENTS] = { FALSE, FALSE, FALSE, TRUE, TRUE, TRUE, TRUE };
  ZabLoaderEvent *events[N_EVENTS];

  make_events (events);
  for (int i = 0; i < N_EVENTS; i++)
    g_assert_cmpint (zab_loader_event_is_end (events[i]), ==, ends[i]);
  free_events (events);
}

static void
test_to_string (void)
{
  const char *expected[N_EVENTS] = {
    "pad 3 request 7: started",
    "pad 3 request 7: progress decoding 0.33",
    "pad 3 request 7: progress reading",
    "pad 3 request 7: success 1.500 s, 72000 frames, 2 channels, from 44100 Hz",
    "pad 3 request 7: success 1.500 s, 72000 frames, 2 channels, from 44100 Hz; cut off",
    "pad 3 request 7: error “x.wav” is damaged",
    "pad 3 request 7: cancelled",
  };
  ZabLoaderEvent *events[N_EVENTS];

  make_events (events);
  for (int i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *string = zab_loader_event_to_string (events[i]);

      g_assert_cmpstr (string, ==, expected[i]);
    }
  free_events (events);
}

static void
test_to_variant (void)
{
  const char *expected[N_EVENTS] = {
    "started",
    "progress|'stage': <'decoding'>, 'fraction': <0.33>",
    "progress|'stage': <'reading'>, 'fraction': <-1.0>",
    "success|'duration': <1.5>, 'frames': <uint64 72000>, 'channels': <uint32 2>, "
    "'rate': <uint32 44100>",
    "success|'duration': <1.5>, 'frames': <uint64 72000>, 'channels': <uint32 2>, "
    "'rate': <uint32 44100>, 'warning': <'cut off'>",
    "error|'domain': <'zab-load-error'>, 'code': <8>, 'message': <'“x.wav” is damaged'>",
    "cancelled",
  };
  ZabLoaderEvent *events[N_EVENTS];

  make_events (events);
  for (int i = 0; i < N_EVENTS; i++)
    {
      g_autoptr (GVariant) is = g_variant_ref_sink (zab_loader_event_to_variant (events[i]));
      g_auto (GStrv) parts = g_strsplit (expected[i], "|", 2);
      g_autofree char *text
          = g_strdup_printf ("{'type': <'%s'>, 'id': <uint32 3>, 'request': <uint64 7>%s%s}",
                             parts[0], parts[1] ? ", " : "", parts[1] ? parts[1] : "");
      g_autoptr (GVariant) wanted
          = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL);
      GVariantIter iter;
      const char  *key;
      GVariant    *value;

      g_assert_nonnull (wanted);
      g_assert_cmpuint (g_variant_n_children (is), ==, g_variant_n_children (wanted));
      g_variant_iter_init (&iter, wanted);
      while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
        {
          g_autoptr (GVariant) found = g_variant_lookup_value (is, key, NULL);

          g_assert_nonnull (found);
          g_assert_cmpvariant (found, value);
        }
    }
  free_events (events);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/loader-event/copy-equal", test_copy_equal);
  g_test_add_func ("/engine/loader-event/is-end", test_is_end);
  g_test_add_func ("/engine/loader-event/to-string", test_to_string);
  g_test_add_func ("/engine/loader-event/to-variant", test_to_variant);
  return g_test_run ();
}
