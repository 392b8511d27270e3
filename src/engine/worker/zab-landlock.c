/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/worker/zab-landlock.h"

#include <sys/syscall.h>
#include <unistd.h>

/* As in <linux/landlock.h>, which older systems have without the later fields. */
typedef struct
{
  guint64 fs;
  guint64 net;
  guint64 scoped;
} Ruleset;

/* Rules that allow nothing. */
int
zab_landlock_enter (void)
{
  static const guint64 FS_BY_VERSION[]
      = { 0, 0x1fff, 0x3fff, 0x7fff, 0x7fff, 0xffff }; /* LANDLOCK_ACCESS_FS_* */
  const int version = (int)syscall (SYS_landlock_create_ruleset, NULL, 0, 1);
  Ruleset   rules = { 0 };
  int       fd;
  gboolean  ok;

  if (version <= 0)
    return 0;
  rules.fs = FS_BY_VERSION[MIN (version, (int)G_N_ELEMENTS (FS_BY_VERSION) - 1)];
  rules.net = version >= 4 ? 0x3 : 0;    /* LANDLOCK_ACCESS_NET_* */
  rules.scoped = version >= 6 ? 0x3 : 0; /* LANDLOCK_SCOPE_* */
  fd = (int)syscall (SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
  if (fd < 0)
    return 0;
  ok = syscall (SYS_landlock_restrict_self, fd, 0) == 0;
  close (fd);
  return ok ? version : 0;
}
