/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What keeps a decoder that has gone wrong from doing harm. A process puts itself in, and nothing
 * takes it out again: it can compute, read what it has open, make memfds and talk on its sockets.
 */

typedef struct
{
  int      landlock; /* the kernel's version of it; 0: none here */
  gboolean seccomp;  /* FALSE: not on this kernel, or not for this kind of machine */
} ZabSandbox;

/* Yields the processor to whoever plays or draws: a nice value of 10, which threads made later
 * inherit; and offers itself first where memory runs out. */
void zab_sandbox_lower_priority (void);

/* Limits memory, files and core dumps, closes the file system with Landlock, and allows only the
 * system calls that decoding needs: no file is opened, no socket, process or program made from now
 * on. Call it before there is a second thread: @start_helper makes one, inside, and returns its ID;
 * it is the only one that may be moved between cores.
 *
 * Each refused call gives an error and lets the process go on: a decoder that asks for what it does
 * not need still decodes. What the kernel does not have is left out and told in the result. */
ZabSandbox zab_sandbox_enter (int (*start_helper) (void));

G_END_DECLS
