/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One call of the desktop's portal whose answer comes later, as a signal, perhaps after the user
 * has been asked (org.freedesktop.portal.Request). Thread: main. */

#define ZAB_PORTAL_NAME "org.freedesktop.portal.Desktop"
#define ZAB_PORTAL_PATH "/org/freedesktop/portal/desktop"

/* Calls @method of @interface. @arguments are what comes before the options, each taken; to the
 * @options (taken; a{sv} without an end) the request's own is added. Cancelling gives the request
 * up. */
void zab_portal_request_async (GDBusConnection *connection, const char *interface,
                               const char *method, GPtrArray *arguments, GVariantDict *options,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);

/* What the answer holds, a{sv} (transfer full); NULL and an error when there is none:
 * G_IO_ERROR_CANCELLED also where the user said no. */
GVariant *zab_portal_request_finish (GAsyncResult *result, GError **error);

G_END_DECLS
