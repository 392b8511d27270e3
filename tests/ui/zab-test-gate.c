/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk that keeps one waiting for as long as a test wants: linked into a Zabumba of the tests
 * with --wrap, it lets a file called "held ..." be opened when nobody locks the file "gate" beside
 * it any more. All else goes on as usual. */
#include <fcntl.h>
#include <glib.h>
#include <stdarg.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

int __real_open (const char *path, int flags, ...);
int __real_open64 (const char *path, int flags, ...);
int __wrap_open (const char *path, int flags, ...);
int __wrap_open64 (const char *path, int flags, ...);

static void
wait_at_gate (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *gate = g_build_filename (dir, "gate", NULL);
  int              fd;

  if (!g_str_has_prefix (name, "held "))
    return;
  fd = __real_open64 (gate, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (flock (fd, LOCK_SH), ==, 0);
  close (fd);
}

#define WRAP_OPEN(func)                                                                            \
  int __wrap_##func (const char *path, int flags, ...)                                             \
  {                                                                                                \
    va_list      arguments;                                                                        \
    unsigned int mode = 0;                                                                         \
                                                                                                   \
    va_start (arguments, flags);                                                                   \
    if (flags & (O_CREAT | O_TMPFILE))                                                             \
      mode = va_arg (arguments, unsigned int);                                                     \
    va_end (arguments);                                                                            \
    wait_at_gate (path);                                                                           \
    return __real_##func (path, flags, mode);                                                      \
  }

WRAP_OPEN (open)
WRAP_OPEN (open64)
