/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The user's locale and the program's translations, from where they are installed or, for a build
 * that is not, from the folder in ZABUMBA_LOCALE_DIR. Thread: main, before there is any other. */
void zab_locale_init (void);
