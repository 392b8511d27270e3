/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lib/zab-test-wav.h"

G_BEGIN_DECLS

/* Runs zabumba-cli, the program itself. Thread: main. */

typedef struct
{
  int   status; /* -1: a signal ended it */
  char *out;
  char *err;
} ZabTestCli;

void zab_test_cli_clear (ZabTestCli *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZabTestCli, zab_test_cli_clear)

/* The fixture of all these tests: English messages in UTF-8, no PipeWire of the user's. */
void zab_test_cli_init (void);

/* With the arguments up to a NULL. */
ZabTestCli zab_test_cli_run (const char *first, ...) G_GNUC_NULL_TERMINATED;

/* In @dir, with a list. */
ZabTestCli zab_test_cli_run_in (const char *dir, const char *const *arguments);

/* Writes the counter signal, @first being its first frame, at @rate: dir/name (transfer full). */
char *zab_test_cli_make_sound (const char *dir, const char *name, gsize n_frames, guint channels,
                               guint rate, guint64 first);

/* The same for who knows the path. */
void zab_test_cli_put_sound (const char *dir, const char *name, gsize n_frames, guint channels,
                             guint rate, guint64 first);

/* dir/name, which must be there. */
ZabTestWav *zab_test_cli_read_sound (const char *dir, const char *name);

/* Fails with what the program said on standard error. */
#define zab_test_cli_assert_status(self, expected)                                                 \
  do                                                                                               \
    {                                                                                              \
      if ((self).status != (expected))                                                             \
        g_error ("status %d, not %d: %s%s", (self).status, (expected), (self).out, (self).err);    \
    }                                                                                              \
  while (0)

G_END_DECLS
