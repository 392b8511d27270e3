/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-session.h"

G_BEGIN_DECLS

/* Zabumba as a media player of the desktop (MPRIS): what plays, the volume, stop; media keys and
 * the players' panel use it. Its name on the bus ends in the application's id, which alone a
 * sandbox lets it have. Thread: main. */
typedef struct _ZabMpris ZabMpris;

/* For @application, which is registered; NULL where it is on no bus. */
ZabMpris *zab_mpris_new (GApplication *application, ZabSession *session);
void      zab_mpris_free (ZabMpris *self);

G_END_DECLS
