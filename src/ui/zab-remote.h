/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-session.h"

G_BEGIN_DECLS

/* The session for other programs: the D-Bus interface io.github.zabumba.Zabumba.Pads1, told in the
 * XML file of that name. Whoever calls is not trusted. Thread: main. */
typedef struct _ZabRemote ZabRemote;

/* On @path of @connection; calls fail until there is a session. NULL: @error says why. */
ZabRemote *zab_remote_new (GDBusConnection *connection, const char *path, GError **error);
void       zab_remote_free (ZabRemote *self);

/* What is called; NULL: nothing any more. */
void zab_remote_set_session (ZabRemote *self, ZabSession *session);

G_END_DECLS
