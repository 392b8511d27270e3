/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A program that the test talks to by lines. Thread: main; while it waits, it runs the default main
 * context. */
typedef struct _ZabTestProcess ZabTestProcess;

/* @arguments are NULL-terminated; the first is the program. It dies with the test. */
ZabTestProcess *zab_test_process_new (const char *const *arguments);

/* Kills it if it still runs. */
void zab_test_process_free (ZabTestProcess *self);

/* Its next line of output (transfer full), or NULL at the end of it. */
char *zab_test_process_read_line (ZabTestProcess *self);

/* Reads on until a line begins with @prefix; the end of the output fails the test. dup_line ()
 * returns what follows the prefix in that line (transfer full). */
void  zab_test_process_expect (ZabTestProcess *self, const char *prefix);
char *zab_test_process_dup_line (ZabTestProcess *self, const char *prefix);

void zab_test_process_write (ZabTestProcess *self, const char *text);

/* Closes its input and waits for its end; its exit status, or -1 when a signal ended it. */
int zab_test_process_finish (ZabTestProcess *self);

void zab_test_process_signal (ZabTestProcess *self, int number);

/* Starts this program once more, with @arguments (NULL-terminated, without the program's name) for
 * main () to see, as a child to be killed and waited for; @out: the end to read of its output. A
 * fork alone would not do: of a process with threads it may call next to nothing. */
GPid zab_test_process_spawn_self (const char *const *arguments, int *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabTestProcess, zab_test_process_free)

G_END_DECLS
