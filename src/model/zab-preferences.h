/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-session.h"

G_BEGIN_DECLS

/* What the musician wants of the program on this machine, whichever set is open. Kept in GSettings,
 * whose schema (data/io.github.zabumba.Zabumba.gschema.xml) tells what each key means; where the
 * schema is not installed, the defaults hold and nothing is kept. Thread: main.
 *
 * Properties (all read-write; what concerns the sound applies at once):
 *   limiter          gboolean
 *   converter        enum      fft, libsamplerate; of loads from now on
 *   interpolation    enum      normal, high; of pads whose speed is not 1
 *   memory-limit     guint     MiB for all sounds; 0: a quarter of the machine's memory
 *   key-labels       gboolean  pads show their keys
 *   square-pads      gboolean  pads are as high as wide
 *   new-release      double    ms, of empty pads that are loaded from now on
 *   global-shortcuts gboolean  keys that play pads from other windows
 *   sounds-folder    char *    URI; "": the Music folder
 *   remember-recent  gboolean  the desktop may know what was opened
 *   inspector        gboolean  what can be set of the selected pad is shown */
#define ZAB_TYPE_PREFERENCES (zab_preferences_get_type ())
G_DECLARE_FINAL_TYPE (ZabPreferences, zab_preferences, ZAB, PREFERENCES, GObject)

ZabPreferences *zab_preferences_new (ZabSession *session);

/* Bytes that sounds may take together while memory-limit is 0. */
guint64 zab_preferences_get_automatic_memory (ZabPreferences *self);

G_END_DECLS
