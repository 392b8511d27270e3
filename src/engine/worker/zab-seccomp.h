/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Allows this process the system calls that decoding needs and gives EPERM for all others, for
 * good: it may move one thread between cores, @helper, and send signals to itself. Needs
 * no_new_privs. FALSE: the kernel has no seccomp, or the machine's calls are not known here. */
gboolean zab_seccomp_enter (int helper);

G_END_DECLS
