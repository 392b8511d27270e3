/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A child process and the socket to it. It is a process group of its own: what a terminal sends to
 * the program is not for it. Thread: any, every function. */
typedef struct
{
  int pid;    /* 0: none */
  int socket; /* SOCK_SEQPACKET, the child's other end is its descriptor 3 */
} ZabWorkerProcess;

/* Starts @program without fork (), which would make the audio thread's pages copy-on-write. */
gboolean zab_worker_process_start (ZabWorkerProcess *self, const char *program, GError **error);

/* µs of processor time that it has used so far; 0: not known. */
gint64 zab_worker_process_get_work (const ZabWorkerProcess *self);

/* Kills it and waits for its end, milliseconds as a rule, a second at most. Nothing happens where
 * there is none. */
void zab_worker_process_stop (ZabWorkerProcess *self);

G_END_DECLS
