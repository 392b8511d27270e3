/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-gst-preload.h"

#include <gst/gst.h>
#include <string.h>

#include "engine/decode/zab-push-chain.h"

/* Decoders, demuxers and parsers, but for those of pictures and of the net. */
static gboolean
may_hold_sound (const char *klass)
{
  static const char *const foreign[] = { "Video", "Image", "Network", "Adaptive", "Hardware" };

  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++)
    if (strstr (klass, foreign[i]) != NULL)
      return FALSE;
  return TRUE;
}

static void
load_and_unref (gpointer feature)
{
  gpointer loaded = gst_plugin_feature_load (GST_PLUGIN_FEATURE (feature));

  g_clear_pointer (&loaded, gst_object_unref);
}

static void
preload_elements (void)
{
  GList *factories = gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DECODABLE,
                                                            GST_RANK_MARGINAL);

  for (GList *link = factories; link != NULL; link = link->next)
    {
      const char *klass = gst_element_factory_get_metadata (link->data, GST_ELEMENT_METADATA_KLASS);

      if (klass != NULL && may_hold_sound (klass))
        load_and_unref (link->data);
    }
  gst_plugin_feature_list_free (factories);
}

static void
preload_type_finders (void)
{
  GList *factories = gst_type_find_factory_get_list ();

  for (GList *link = factories; link != NULL; link = link->next)
    load_and_unref (link->data);
  gst_plugin_feature_list_free (factories);
}

/* What autoplugging itself is made of. */
static void
preload_by_name (void)
{
  static const char *const names[] = { "appsrc", "appsink", "decodebin", "typefind", "multiqueue" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GstElementFactory *factory = gst_element_factory_find (names[i]);

      if (factory != NULL)
        load_and_unref (factory);
      g_clear_pointer (&factory, gst_object_unref);
    }
}

void
zab_gst_preload (void)
{
  preload_elements ();
  preload_type_finders ();
  preload_by_name ();
  /* A chain that is made once waits for its first file. */
  for (guint codec = 0; codec < ZAB_CODEC_ANY; codec++)
    {
      ZabPushChain *chain = zab_push_chain_new ((ZabCodec)codec, NULL, "", NULL);

      g_clear_pointer (&chain, zab_push_chain_free);
    }
}
