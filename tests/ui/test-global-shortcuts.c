/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys from other windows. The desktop's portal for them, which no private session has, is played
 * by this program: it owns the portal's name and speaks its interface. */
#include "ui/zab-test-app.h"

#define PORTAL  "org.freedesktop.portal.Desktop"
#define PATH    "/org/freedesktop/portal/desktop"
#define SESSION PATH "/session/the/one"

static const char XML[]
    = "<node>"
      " <interface name='org.freedesktop.portal.GlobalShortcuts'>"
      "  <method name='CreateSession'>"
      "   <arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
      "  <method name='BindShortcuts'>"
      "   <arg type='o' direction='in'/><arg type='a(sa{sv})' direction='in'/>"
      "   <arg type='s' direction='in'/><arg type='a{sv}' direction='in'/>"
      "   <arg type='o' direction='out'/></method>"
      "  <property name='version' type='u' access='read'/>"
      " </interface>"
      " <interface name='org.freedesktop.portal.Session'><method name='Close'/></interface>"
      "</node>";

typedef struct
{
  ZabTestApp       app;
  GDBusConnection *bus; /* of the portal */
  GDBusNodeInfo   *node;
  guint            objects[2];
  guint            name;
  gboolean         owned;
  gboolean         refuses;  /* the user says no to a session */
  guint            sessions; /* that were made */
  guint            closed;
  GVariant        *bound; /* a(sa{sv}): what was asked for last */
} Fixture;

static char *
dup_request (GDBusMethodInvocation *invocation, GVariant *options)
{
  g_autofree char *sender = g_strdup (g_dbus_method_invocation_get_sender (invocation) + 1);
  const char      *token = NULL;

  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  g_strdelimit (sender, ".", '_');
  return g_strdup_printf (PATH "/request/%s/%s", sender, token);
}

/* Takes @results. */
static void
respond (Fixture *self, GDBusMethodInvocation *invocation, GVariant *options, guint response,
         GVariant *results)
{
  g_autofree char *request = dup_request (invocation, options);
  g_autofree char *sender = g_strdup (g_dbus_method_invocation_get_sender (invocation));

  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", request));
  g_dbus_connection_emit_signal (self->bus, sender, request, "org.freedesktop.portal.Request",
                                 "Response", g_variant_new ("(u@a{sv})", response, results), NULL);
}

static void
on_call (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
         const char *method, GVariant *arguments, GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (GVariant) options = NULL;

  if (g_str_equal (method, "CreateSession"))
    {
      options = g_variant_get_child_value (arguments, 0);
      self->sessions++;
      respond (self, invocation, options, self->refuses ? 1 : 0,
               g_variant_new_parsed ("{'session_handle': <%s>}", SESSION));
    }
  else if (g_str_equal (method, "BindShortcuts"))
    {
      const char *session;

      g_clear_pointer (&self->bound, g_variant_unref);
      g_variant_get (arguments, "(&o@a(sa{sv})s@a{sv})", &session, &self->bound, NULL, &options);
      g_assert_cmpstr (session, ==, SESSION);
      respond (self, invocation, options, 0, g_variant_new_parsed ("@a{sv} {}"));
    }
  else
    {
      self->closed++;
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static GVariant *
on_get (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
        const char *name, GError **error, gpointer user_data)
{
  return g_variant_new_uint32 (1);
}

static void
on_owned (GDBusConnection *bus, const char *name, gpointer user_data)
{
  ((Fixture *)user_data)->owned = TRUE;
}

static void
start_portal (Fixture *self)
{
  static const GDBusInterfaceVTable vtable = { on_call, on_get, NULL, { NULL } };
  g_autoptr (GError) error = NULL;
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  self->bus = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  self->node = g_dbus_node_info_new_for_xml (XML, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    self->objects[i] = g_dbus_connection_register_object (
        self->bus, i == 0 ? PATH : SESSION, self->node->interfaces[i], &vtable, self, NULL, &error);
  g_assert_no_error (error);
  self->name = g_bus_own_name_on_connection (self->bus, PORTAL, G_BUS_NAME_OWNER_FLAGS_NONE,
                                             on_owned, NULL, self, NULL);
  zab_test_wait_until (self->owned);
}

static void
stop_portal (Fixture *self)
{
  g_bus_unown_name (self->name);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_dbus_node_info_unref (self->node);
  g_clear_object (&self->bus);
}

static void
start_app (Fixture *self)
{
  zab_test_app_start (&self->app, (const char *[]){ NULL });
  zab_test_app_wait_sound (&self->app);
}

static void
stop_app (Fixture *self)
{
  zab_test_app_stop (&self->app);
  g_clear_pointer (&self->bound, g_variant_unref);
}

/* Whether the action can be used, and its state. */
static void
describe (Fixture *self, gboolean *enabled, gboolean *state)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      self->app.bus, "io.github.zabumba.Zabumba", "/io/github/zabumba/Zabumba", "org.gtk.Actions",
      "Describe", g_variant_new ("(s)", "global-shortcuts"), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
      NULL);
  g_autoptr (GVariantIter) states = NULL;
  g_autoptr (GVariant) value = NULL;

  g_assert_nonnull (reply);
  g_variant_get (reply, "((bgav))", enabled, NULL, &states);
  g_assert_true (g_variant_iter_next (states, "v", &value));
  *state = g_variant_get_boolean (value);
}

static gboolean
is_available (Fixture *self)
{
  gboolean enabled, state;

  describe (self, &enabled, &state);
  return enabled;
}

static gboolean
is_on (Fixture *self)
{
  gboolean enabled, state;

  describe (self, &enabled, &state);
  return state;
}

static void
tell (Fixture *self, const char *signal, const char *session, const char *id)
{
  g_dbus_connection_emit_signal (self->bus, NULL, PATH, "org.freedesktop.portal.GlobalShortcuts",
                                 signal,
                                 g_variant_new ("(osta{sv})", session, id, (guint64)0, NULL), NULL);
}

static void
press (Fixture *self, const char *session, const char *id)
{
  tell (self, "Activated", session, id);
}

/* A pad that sounds while it is held ends with its key, whichever bank is shown by then. */
static void
test_release (void)
{
  Fixture self = { 0 };

  start_portal (&self);
  start_app (&self);
  zab_test_wait_until (is_available (&self));
  zab_test_app_open_gates (&self.app);
  zab_test_app_activate (&self.app, "global-shortcuts", NULL);
  zab_test_wait_until (self.bound != NULL);
  press (&self, SESSION, "pad-2");
  zab_test_wait_until (zab_test_app_shows (&self.app, "Pad A2, a, playing"));
  zab_test_app_activate (&self.app, "select-bank", g_variant_new_uint32 (1));
  zab_test_wait_until (zab_test_app_shows (&self.app, "Pad B2, empty"));
  tell (&self, "Deactivated", SESSION, "pad-2");
  zab_test_app_activate (&self.app, "select-bank", g_variant_new_uint32 (0));
  zab_test_wait_until (zab_test_app_shows (&self.app, "Pad A2, a, ready"));
  stop_app (&self);
  stop_portal (&self);
}

static void
test_play (void)
{
  Fixture          self = { 0 };
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = zab_test_app_write_wav (dir, "hum loop.wav", 1);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  const char      *id;

  start_portal (&self);
  start_app (&self);
  zab_test_wait_until (is_available (&self));
  g_assert_false (is_on (&self));
  g_assert_cmpuint (self.sessions, ==, 0); /* nobody asked for it yet */
  zab_test_app_activate (&self.app, "global-shortcuts", NULL);
  zab_test_wait_until (self.bound != NULL);
  g_assert_true (is_on (&self));
  g_assert_cmpuint (g_variant_n_children (self.bound), ==, 37);
  g_variant_get_child (self.bound, 0, "(&sa{sv})", &id, NULL);
  g_assert_cmpstr (id, ==, "stop-all");
  g_variant_get_child (self.bound, 36, "(&sa{sv})", &id, NULL);
  g_assert_cmpstr (id, ==, "pad-36");

  zab_test_app_activate (&self.app, "select-bank", g_variant_new_uint32 (1));
  zab_test_app_load_uri (&self.app, 37, uri);
  zab_test_wait_until (zab_test_app_shows (&self.app, "Pad B2, hum loop, ready"));
  /* Of strangers, and of what there is not: they come first, and so would be seen. */
  press (&self, PATH "/session/of/others", "pad-2");
  press (&self, SESSION, "pad-37");
  press (&self, SESSION, "pad-");
  press (&self, SESSION, "dance");
  press (&self, SESSION, "pad-2");
  zab_test_wait_until (zab_test_app_shows (&self.app, "Pad B2, hum loop, playing"));
  press (&self, SESSION, "stop-all");
  zab_test_wait_until (zab_test_app_shows (&self.app, "Pad B2, hum loop, ready"));

  zab_test_app_activate (&self.app, "global-shortcuts", NULL);
  zab_test_wait_until (self.closed == 1);
  g_assert_false (is_on (&self));
  g_assert_cmpuint (self.sessions, ==, 1);
  stop_app (&self);
  stop_portal (&self);
}

/* It comes while Zabumba runs, goes, and comes again: what was wanted is asked for again. */
static void
test_come_and_go (void)
{
  Fixture self = { 0 };

  start_app (&self);
  g_assert_false (is_available (&self));
  start_portal (&self);
  zab_test_wait_until (is_available (&self));
  zab_test_app_activate (&self.app, "global-shortcuts", NULL);
  zab_test_wait_until (self.bound != NULL);
  stop_portal (&self);
  zab_test_wait_until (!is_available (&self));
  g_clear_pointer (&self.bound, g_variant_unref);
  self.owned = FALSE;
  start_portal (&self);
  zab_test_wait_until (self.bound != NULL);
  g_assert_cmpuint (self.sessions, ==, 2);
  stop_app (&self);
  stop_portal (&self);
}

static void
test_refused (void)
{
  Fixture self = { .refuses = TRUE };

  start_portal (&self);
  start_app (&self);
  zab_test_wait_until (is_available (&self));
  zab_test_app_activate (&self.app, "global-shortcuts", NULL);
  zab_test_wait_until (self.sessions == 1);
  self.refuses = FALSE;
  zab_test_app_activate (&self.app, "global-shortcuts", NULL); /* off */
  zab_test_app_activate (&self.app, "global-shortcuts", NULL);
  zab_test_wait_until (self.bound != NULL);
  g_assert_cmpuint (self.sessions, ==, 2);
  stop_app (&self);
  stop_portal (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/ui/global-shortcuts/play", test_play);
  zab_test_add ("/ui/global-shortcuts/release", test_release);
  zab_test_add ("/ui/global-shortcuts/come-and-go", test_come_and_go);
  zab_test_add ("/ui/global-shortcuts/refused", test_refused);
  return g_test_run ();
}
