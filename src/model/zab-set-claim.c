/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-set-claim.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "model/zab-lock-file.h"

struct _ZabSetClaim
{
  char *path;
  int   fd;
};

ZabSetClaim *
zab_set_claim_new (const char *folder, GFile *file, gboolean *taken)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
  g_autofree char *name = g_strconcat ("open-", sum, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  const int        fd = zab_lock_file_open (path);
  ZabSetClaim     *self;

  *taken = fd < 0 && errno == EWOULDBLOCK;
  if (fd < 0)
    return NULL;
  self = g_new0 (ZabSetClaim, 1);
  self->path = g_steal_pointer (&path);
  self->fd = fd;
  return self;
}

void
zab_set_claim_free (ZabSetClaim *self)
{
  g_unlink (self->path);
  close (self->fd);
  g_free (self->path);
  g_free (self);
}
