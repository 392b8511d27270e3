/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-session.h"
#include "ui/zab-application.h"
#include "ui/zab-set-status.h"
#include "ui/zab-window.h"

G_BEGIN_DECLS

struct _ZabApplication
{
  AdwApplication parent_instance;

  ZabSession   *session; /* from startup to shutdown */
  ZabSetStatus *status;
  GtkWidget    *window; /* a weak pointer */
};

/* zab-application-actions.c */
void zab_application_add_actions (ZabApplication *self);

G_END_DECLS
