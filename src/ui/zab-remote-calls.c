/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What other programs may do. GDBus has checked names and types against the XML; what the numbers
 * and strings mean is checked here. */
#include "ui/zab-remote-private.h"

enum
{
  MAX_URI = 3 * 4096 /* bytes: a path of the system's limit, escaped */
};

static gboolean
play_pad (ZabSession *session, guint pad, double velocity)
{
  if (pad >= ZAB_SET_N_PADS || !(velocity >= 0 && velocity <= 1))
    return FALSE;
  zab_session_play (session, pad, velocity);
  return TRUE;
}

static gboolean
release_pad (ZabSession *session, guint pad)
{
  if (pad >= ZAB_SET_N_PADS)
    return FALSE;
  zab_session_release (session, pad);
  return TRUE;
}

static gboolean
stop_pad (ZabSession *session, guint pad)
{
  if (pad >= ZAB_SET_N_PADS)
    return FALSE;
  zab_session_stop (session, pad);
  return TRUE;
}

static gboolean
select_bank (ZabSession *session, guint bank)
{
  if (bank >= ZAB_SET_N_BANKS)
    return FALSE;
  zab_session_set_bank (session, bank);
  return TRUE;
}

/* FALSE: an argument is out of range. */
static gboolean
call (ZabSession *session, const char *method, GVariant *arguments)
{
  guint  number = 0;
  double velocity;

  if (g_str_equal (method, "StopAll"))
    {
      zab_session_stop_all (session);
      return TRUE;
    }
  g_variant_get_child (arguments, 0, "u", &number);
  if (g_str_equal (method, "SelectBank"))
    return select_bank (session, number);
  if (g_str_equal (method, "ReleasePad"))
    return release_pad (session, number);
  if (g_str_equal (method, "StopPad"))
    return stop_pad (session, number);
  g_variant_get_child (arguments, 1, "d", &velocity);
  return play_pad (session, number, velocity);
}

/* --- Loads ----------------------------------------------------------------------------------- */

static void
refuse (GDBusMethodInvocation *invocation, const char *what)
{
  g_dbus_method_invocation_return_error (
      invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "%s: %s",
      g_dbus_method_invocation_get_method_name (invocation), what);
}

void
zab_remote_load (ZabRemote *self, guint pad, GFile *file, GDBusMethodInvocation *invocation)
{
  zab_session_load (self->session, pad, file);
  g_dbus_method_invocation_return_value (
      invocation, g_variant_new ("(t)", zab_session_get_request (self->session, pad)));
}

static void
load (ZabRemote *self, GVariant *arguments, GDBusMethodInvocation *invocation)
{
  g_autoptr (GFile) file = NULL;
  const char *uri;
  guint       pad;

  g_variant_get (arguments, "(u&s)", &pad, &uri);
  if (pad >= ZAB_SET_N_PADS)
    refuse (invocation, "there is no such pad");
  else if (strlen (uri) > MAX_URI || !g_uri_is_valid (uri, G_URI_FLAGS_NONE, NULL))
    refuse (invocation, "that is no URI");
  else
    {
      file = g_file_new_for_uri (uri);
      zab_remote_load (self, pad, file, invocation);
    }
}

static void
load_fd (ZabRemote *self, GVariant *arguments, GDBusMethodInvocation *invocation)
{
  guint pad;

  g_variant_get_child (arguments, 0, "u", &pad);
  if (pad >= ZAB_SET_N_PADS)
    refuse (invocation, "there is no such pad");
  else
    zab_remote_receive (self, invocation);
}

/* --- The pads -------------------------------------------------------------------------------- */

static void
add (GVariantBuilder *dict, const char *key, GVariant *value)
{
  g_variant_builder_add (dict, "{sv}", key, value);
}

static GVariant *
describe_pad (ZabPad *pad)
{
  GVariantBuilder  dict;
  GFile           *file = zab_pad_get_file (pad);
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : NULL;

  g_variant_builder_init (&dict, G_VARIANT_TYPE_VARDICT);
  add (&dict, "id", g_variant_new_uint32 (zab_pad_get_index (pad)));
  add (&dict, "label", g_variant_new_string (zab_pad_get_label (pad)));
  add (&dict, "name", g_variant_new_string (zab_pad_get_name (pad)));
  add (&dict, "state",
       g_variant_new_string (zab_pad_type_get_nick (ZAB_TYPE_PAD_STATE, zab_pad_get_state (pad))));
  add (&dict, "playing", g_variant_new_boolean (zab_pad_get_playing (pad)));
  if (uri != NULL)
    add (&dict, "uri", g_variant_new_string (uri));
  if (zab_pad_get_has_sample (pad))
    add (&dict, "duration", g_variant_new_double (zab_pad_get_duration (pad)));
  if (zab_pad_get_error (pad) != NULL)
    add (&dict, "message", g_variant_new_string (zab_pad_get_error (pad)));
  return g_variant_builder_end (&dict);
}

static void
list_pads (ZabRemote *self, GDBusMethodInvocation *invocation)
{
  ZabSet         *set = zab_session_get_set (self->session);
  GVariantBuilder pads;

  g_variant_builder_init (&pads, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < ZAB_SET_N_PADS; i++)
    {
      ZabPad *pad = zab_set_get_pad (set, i);

      if (zab_pad_get_state (pad) != ZAB_PAD_EMPTY || zab_pad_get_has_sample (pad))
        g_variant_builder_add_value (&pads, describe_pad (pad));
    }
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(aa{sv})", &pads));
}

void
zab_remote_on_call (GDBusConnection *connection, const char *sender, const char *path,
                    const char *interface, const char *method, GVariant *arguments,
                    GDBusMethodInvocation *invocation, gpointer user_data)
{
  ZabRemote *self = user_data;

  if (self->session == NULL)
    g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_FAILED,
                                           "Zabumba is starting or ending");
  else if (g_str_equal (method, "LoadPad"))
    load (self, arguments, invocation);
  else if (g_str_equal (method, "LoadPadFd"))
    load_fd (self, arguments, invocation);
  else if (g_str_equal (method, "ListPads"))
    list_pads (self, invocation);
  else if (call (self->session, method, arguments))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    refuse (invocation, "an argument is out of range");
}
