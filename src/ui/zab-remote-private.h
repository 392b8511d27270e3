/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ui/zab-remote.h"

G_BEGIN_DECLS

struct _ZabRemote
{
  GDBusConnection *connection;
  char            *path;
  guint            registration;
  ZabSession      *session;  /* or NULL */
  guint            watching; /* source: something may sound */
  guint            changed;  /* bit for each property that is to be told of */
  guint            telling;  /* source that does */
  GQueue           events;   /* GVariant, of loads, not told of yet */
  guint            sending;  /* source that tells of them */

  /* Descriptors that were handed over, one after the other. */
  GQueue        receiving; /* of the calls; the first is under way */
  GCancellable *cancellable;
};

/* zab-remote-calls.c: the interface's methods. */
void zab_remote_on_call (GDBusConnection *connection, const char *sender, const char *path,
                         const char *interface, const char *method, GVariant *arguments,
                         GDBusMethodInvocation *invocation, gpointer user_data);

/* zab-remote-receive.c: LoadPadFd, the one that takes its time. */
void zab_remote_receive (ZabRemote *self, GDBusMethodInvocation *invocation);
void zab_remote_stop_receiving (ZabRemote *self);

/* Begins the load, and answers with its number. */
void zab_remote_load (ZabRemote *self, guint pad, GFile *file, GDBusMethodInvocation *invocation);

G_END_DECLS
