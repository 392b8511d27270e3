/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Closes the file system to this thread and those that it makes, for good, and with newer kernels
 * TCP, and signals and abstract sockets of others. Needs no_new_privs. The version of Landlock that
 * does it; 0: the kernel has none. */
int zab_landlock_enter (void);

G_END_DECLS
