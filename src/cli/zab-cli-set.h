/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-session.h"

G_BEGIN_DECLS

/* A session without sound that has @file's set, every sound of it loaded; NULL and an error when
 * something of it can't be had. Runs the default main context. Thread: main. */
ZabSession *zab_cli_open_set (GFile *file, guint rate, GError **error);

G_END_DECLS
