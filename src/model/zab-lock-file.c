/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-lock-file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* The lock belongs to the file: one that was replaced meanwhile is locked for nothing. */
static gboolean
is_still (int fd, const char *path)
{
  struct stat by_fd;
  struct stat by_name;

  return fstat (fd, &by_fd) == 0 && stat (path, &by_name) == 0 && by_fd.st_dev == by_name.st_dev
         && by_fd.st_ino == by_name.st_ino && S_ISREG (by_fd.st_mode);
}

int
zab_lock_file_open (const char *path)
{
  const int fd = open (path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  int       number = EWOULDBLOCK;

  if (fd < 0)
    return -1;
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    number = errno;
  else if (is_still (fd, path))
    return fd;
  close (fd);
  errno = number;
  return -1;
}
