/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-portal-request.h"

#define REQUEST "org.freedesktop.portal.Request"

typedef struct
{
  GDBusConnection *connection;
  char            *path;
  guint            subscription;
  gulong           cancelled;
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  g_object_unref (self->connection);
  g_free (self->path);
  g_free (self);
}

/* The task ends once, by whatever comes first. */
static gboolean
settle (GTask *task)
{
  Request *self = g_task_get_task_data (task);

  if (self->subscription == 0)
    return FALSE;
  g_clear_signal_handler (&self->cancelled, g_task_get_cancellable (task));
  g_dbus_connection_signal_unsubscribe (self->connection, self->subscription);
  self->subscription = 0;
  return TRUE;
}

static void
on_response (GDBusConnection *connection, const char *sender, const char *path,
             const char *interface, const char *signal, GVariant *arguments, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  g_autoptr (GVariant) results = NULL;
  guint response;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(ua{sv})")) || !settle (task))
    return;
  g_variant_get (arguments, "(u@a{sv})", &response, &results);
  if (response == 0)
    g_task_return_pointer (task, g_steal_pointer (&results), (GDestroyNotify)g_variant_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Dismissed");
}

static void
on_cancelled (GCancellable *cancellable, GTask *task)
{
  if (settle (task))
    g_task_return_error_if_cancelled (task);
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply != NULL)
    return; /* the response comes, or has come */
  if (settle (task))
    g_task_return_error (task, error);
  else
    g_error_free (error);
}

/* Where the portal will have put the request: known before it is made, so that no answer is missed.
 */
static char *
dup_path (GDBusConnection *connection, const char *token)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (connection) + 1);

  g_strdelimit (sender, ".", '_');
  return g_strdup_printf ("%s/request/%s/%s", ZAB_PORTAL_PATH, sender, token);
}

static GVariant *
join_arguments (GPtrArray *arguments, GVariantDict *options)
{
  GVariantBuilder tuple;

  g_variant_builder_init (&tuple, G_VARIANT_TYPE_TUPLE);
  for (guint i = 0; arguments != NULL && i < arguments->len; i++)
    g_variant_builder_add_value (&tuple, arguments->pdata[i]);
  g_variant_builder_add_value (&tuple, g_variant_dict_end (options));
  return g_variant_builder_end (&tuple);
}

void
zab_portal_request_async (GDBusConnection *connection, const char *interface, const char *method,
                          GPtrArray *arguments, GVariantDict *options, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask           *task = g_task_new (NULL, cancellable, callback, user_data);
  Request         *self = g_new0 (Request, 1);
  g_autofree char *token = g_strdup_printf ("zabumba%08x", g_random_int ());

  self->connection = g_object_ref (connection);
  self->path = dup_path (connection, token);
  g_task_set_task_data (task, self, request_free);
  self->subscription = g_dbus_connection_signal_subscribe (
      connection, ZAB_PORTAL_NAME, REQUEST, "Response", self->path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
      on_response, g_object_ref (task), g_object_unref);
  if (cancellable != NULL)
    self->cancelled = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), task);
  g_variant_dict_insert (options, "handle_token", "s", token);
  g_dbus_connection_call (connection, ZAB_PORTAL_NAME, ZAB_PORTAL_PATH, interface, method,
                          join_arguments (arguments, options), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, cancellable, on_called, task);
}

GVariant *
zab_portal_request_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
