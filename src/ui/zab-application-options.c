/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-application-private.h"

#include "model/zab-place.h"
#include "zab-config.h"

#include <glib/gi18n-lib.h>

static const GOptionEntry entries[] = {
  { "starter-set", 's', 0, G_OPTION_ARG_NONE, NULL, N_ ("Load the starter set"), NULL },
    { "play", 'p', 0, G_OPTION_ARG_STRING, NULL,
      N_ ("Play a pad of the Zabumba that runs: 3 or A3, B12"), N_ ("PAD") },
      { "stop", 0, 0, G_OPTION_ARG_STRING, NULL,
        N_ ("Stop a pad of the Zabumba that runs"), N_ ("PAD") },
        { "stop-all", 0, 0, G_OPTION_ARG_NONE, NULL,
          N_ ("Stop all pads of the Zabumba that runs"), NULL },
          { "bank", 'b', 0, G_OPTION_ARG_STRING, NULL,
            N_ ("Show a bank, A to F, of the Zabumba that runs"), N_ ("BANK") },
            { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
              { NULL, 0, 0, 0, NULL, NULL, NULL },
           };

static gboolean
activate_number (GActionGroup *group, const char *action, const char *text,
                 gboolean (*parse) (const char *text, guint *index))
{
  guint index;

  if (!parse (text, &index))
    {
      g_printerr (_ ("zabumba: there is no “%s”: pads are A1 to F36, banks A to F\n"), text);
      return FALSE;
    }
  g_action_group_activate_action (group, action, g_variant_new_uint32 (index));
  return TRUE;
}

static gboolean
activate_remote (GActionGroup *group, GVariantDict *options)
{
  const char *bank = NULL;
  const char *stop = NULL;
  const char *play = NULL;

  g_variant_dict_lookup (options, "bank", "&s", &bank);
  g_variant_dict_lookup (options, "stop", "&s", &stop);
  g_variant_dict_lookup (options, "play", "&s", &play);
  if (g_variant_dict_contains (options, "stop-all"))
    g_action_group_activate_action (group, "stop-all", NULL);
  return (!bank || activate_number (group, "select-bank", bank, zab_place_parse_bank))
         && (!stop || activate_number (group, "stop-pad", stop, zab_place_parse_pad))
         && (!play || activate_number (group, "play-pad", play, zab_place_parse_pad));
}

static gboolean
is_for_remote (GVariantDict *options)
{
  return g_variant_dict_contains (options, "play") || g_variant_dict_contains (options, "stop")
         || g_variant_dict_contains (options, "stop-all")
         || g_variant_dict_contains (options, "bank");
}

static int
run_remote (GApplication *application, GVariantDict *options)
{
  gboolean ok;

  if (!g_application_get_is_remote (application))
    {
      g_printerr (_ ("zabumba: there is no Zabumba running that could do that\n"));
      return 1;
    }
  ok = activate_remote (G_ACTION_GROUP (application), options);
  /* The calls are sent by another thread, which would end with this program. */
  g_dbus_connection_flush_sync (g_application_get_dbus_connection (application), NULL, NULL);
  return ok ? 0 : 1;
}

int
zab_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Zabumba %s\n", ZAB_VERSION);
      return 0;
    }
  if (!g_variant_dict_contains (options, "starter-set") && !is_for_remote (options))
    return -1;
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  if (is_for_remote (options))
    return run_remote (application, options);
  /* In this process or in the one that runs already. */
  g_action_group_activate_action (G_ACTION_GROUP (application), "load-starter-set", NULL);
  return -1;
}

void
zab_application_add_options (ZabApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE…]"));
  g_application_set_option_context_summary (
      G_APPLICATION (self), _ ("A live sample-pad looper. Files are loaded on the free pads."));
}
