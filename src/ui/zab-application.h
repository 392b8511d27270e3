/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Zabumba: one instance, one session, one window. Thread: main.
 *
 * Actions, also over D-Bus: play-pad (u), stop-pad (u), with the pad's index 0..215; stop-all;
 * select-bank (u: 0..5, its state too); open; load-starter-set; shortcuts; about; quit. Their
 * states can be read but not set: n-loading (u), n-ready (u). */
#define ZAB_TYPE_APPLICATION (zab_application_get_type ())
G_DECLARE_FINAL_TYPE (ZabApplication, zab_application, ZAB, APPLICATION, AdwApplication)

ZabApplication *zab_application_new (void);

G_END_DECLS
