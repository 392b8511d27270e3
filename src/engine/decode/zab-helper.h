/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One more thread, for work that a load can do without: on another core than the load's own, or not
 * at all. */

typedef void (*ZabHelperFunc) (gpointer data);

/* Makes the thread, where there is none yet: its ID by the kernel. The sandbox allows to move this
 * one between cores, and no other. Thread: any. */
int zab_helper_start (void);

/* Has the helper call @func. FALSE: it has something to do already, or there is one core.
 *
 * The kernel of a virtual machine may let a thread that is woken wait on the core of the one that
 * woke it, while another has nothing to do (a core that sleeps counts as taken by others): so the
 * helper is sent to the other cores, until the next call. Thread: any. */
gboolean zab_helper_run (ZabHelperFunc func, gpointer data);

G_END_DECLS
