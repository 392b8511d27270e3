/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sounds that come as descriptors. They are taken one at a time: whoever sends a thousand fills
 * neither GIO's pool nor the disk at once. */
#include "ui/zab-remote-private.h"

#include <gio/gunixfdlist.h>

#include "model/zab-received-file.h"

enum
{
  MAX_WAITING = 216 /* as many as there are pads */
};

static void take_next (ZabRemote *self);

static void
refuse (GDBusMethodInvocation *invocation, const char *message)
{
  g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR,
                                                 G_DBUS_ERROR_INVALID_ARGS, message);
}

/* The descriptor that the call names, the caller's to close; or -1. */
static int
get_descriptor (GDBusMethodInvocation *invocation)
{
  GDBusMessage *message = g_dbus_method_invocation_get_message (invocation);
  GUnixFDList  *list = g_dbus_message_get_unix_fd_list (message);
  int           index = -1;

  g_variant_get_child (g_dbus_method_invocation_get_parameters (invocation), 1, "h", &index);
  if (list == NULL || index < 0 || index >= g_unix_fd_list_get_length (list))
    return -1;
  return g_unix_fd_list_get (list, index, NULL);
}

static void
on_received (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ZabRemote *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = zab_received_file_store_finish (result, &error);
  GDBusMethodInvocation *invocation;
  guint                  pad;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the remote is gone */
  invocation = g_queue_pop_head (&self->receiving);
  g_variant_get_child (g_dbus_method_invocation_get_parameters (invocation), 0, "u", &pad);
  if (file != NULL)
    zab_remote_load (self, pad, file, invocation);
  else
    refuse (invocation, error->message);
  take_next (self);
}

static void
take_next (ZabRemote *self)
{
  g_autofree char *root = zab_received_file_get_default_root ();

  while (!g_queue_is_empty (&self->receiving))
    {
      GDBusMethodInvocation *invocation = g_queue_peek_head (&self->receiving);
      const int              fd = get_descriptor (invocation);
      const char            *name;

      g_variant_get_child (g_dbus_method_invocation_get_parameters (invocation), 2, "&s", &name);
      if (fd >= 0)
        {
          zab_received_file_store_async (fd, name, root, self->cancellable, on_received, self);
          return;
        }
      refuse (g_queue_pop_head (&self->receiving), "LoadPadFd: there is no such descriptor");
    }
}

void
zab_remote_receive (ZabRemote *self, GDBusMethodInvocation *invocation)
{
  if (g_queue_get_length (&self->receiving) == MAX_WAITING)
    {
      g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR,
                                                     G_DBUS_ERROR_LIMITS_EXCEEDED,
                                                     "LoadPadFd: too many calls at a time");
      return;
    }
  if (self->cancellable == NULL)
    self->cancellable = g_cancellable_new ();
  g_queue_push_tail (&self->receiving, invocation);
  if (g_queue_get_length (&self->receiving) == 1)
    take_next (self);
}

void
zab_remote_stop_receiving (ZabRemote *self)
{
  GDBusMethodInvocation *invocation;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  while ((invocation = g_queue_pop_head (&self->receiving)) != NULL)
    g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR, G_DBUS_ERROR_FAILED,
                                                   "Zabumba is ending");
}
