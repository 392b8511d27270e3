/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions that take the place of the C library's and GLib's, count, and call the real ones. */
#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "zab-rt-guard-private.h"

/* glibc's own entry points: looking them up by name would allocate. */
void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *block, size_t size);
void *__libc_memalign (size_t alignment, size_t size);
void  __libc_free (void *block);

void *
malloc (size_t size)
{
  ZAB_RT_GUARD_NOTE (ZAB_RT_GUARD_ALLOCATE, "malloc");
  return __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  ZAB_RT_GUARD_NOTE (ZAB_RT_GUARD_ALLOCATE, "calloc");
  return __libc_calloc (n, size);
}

void *
realloc (void *block, size_t size)
{
  ZAB_RT_GUARD_NOTE (ZAB_RT_GUARD_ALLOCATE, "realloc");
  return __libc_realloc (block, size);
}

void *
memalign (size_t alignment, size_t size)
{
  ZAB_RT_GUARD_NOTE (ZAB_RT_GUARD_ALLOCATE, "memalign");
  return __libc_memalign (alignment, size);
}

void *
aligned_alloc (size_t alignment, size_t size)
{
  ZAB_RT_GUARD_NOTE (ZAB_RT_GUARD_ALLOCATE, "aligned_alloc");
  return __libc_memalign (alignment, size);
}

int
posix_memalign (void **block, size_t alignment, size_t size)
{
  ZAB_RT_GUARD_NOTE (ZAB_RT_GUARD_ALLOCATE, "posix_memalign");
  *block = __libc_memalign (alignment, size);
  return *block ? 0 : ENOMEM;
}

void
free (void *block)
{
  if (block)
    ZAB_RT_GUARD_NOTE (ZAB_RT_GUARD_FREE, "free");
  __libc_free (block);
}

/* Defines @name as a function that counts and calls the next one of that name. */
#define WRAP(kind, type, name, parameters, arguments)                                              \
  type name parameters;                                                                            \
  type name parameters                                                                             \
  {                                                                                                \
    static type (*real) parameters;                                                                \
    ZAB_RT_GUARD_NOTE (kind, #name);                                                               \
    if (!real)                                                                                     \
      *(void **)&real = zab_rt_guard_find_next (#name);                                            \
    return real arguments;                                                                         \
  }

/* Finds it with the guard off; a caller that was counted once already must not count again. */
static void *
zab_rt_guard_find_next (const char *name)
{
  int   depth = zab_rt_guard_depth;
  void *found;

  zab_rt_guard_depth = 0;
  found = dlsym (RTLD_NEXT, name);
  zab_rt_guard_depth = depth;
  if (!found)
    abort ();
  return found;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wredundant-decls"

/* clang-format off */
WRAP (ZAB_RT_GUARD_LOCK, int, pthread_mutex_lock, (pthread_mutex_t *a), (a))
WRAP (ZAB_RT_GUARD_LOCK, int, pthread_mutex_unlock, (pthread_mutex_t *a), (a))
WRAP (ZAB_RT_GUARD_LOCK, int, pthread_rwlock_rdlock, (pthread_rwlock_t *a), (a))
WRAP (ZAB_RT_GUARD_LOCK, int, pthread_rwlock_wrlock, (pthread_rwlock_t *a), (a))
WRAP (ZAB_RT_GUARD_LOCK, int, pthread_cond_signal, (pthread_cond_t *a), (a))
WRAP (ZAB_RT_GUARD_LOCK, int, pthread_cond_broadcast, (pthread_cond_t *a), (a))
WRAP (ZAB_RT_GUARD_LOCK, int, pthread_cond_wait, (pthread_cond_t *a, pthread_mutex_t *b), (a, b))
WRAP (ZAB_RT_GUARD_LOCK, int, pthread_join, (pthread_t a, void **b), (a, b))
WRAP (ZAB_RT_GUARD_LOCK, int, sem_post, (sem_t *a), (a))
WRAP (ZAB_RT_GUARD_LOCK, int, sem_wait, (sem_t *a), (a))

WRAP (ZAB_RT_GUARD_LOCK, void, g_mutex_lock, (void *a), (a))
WRAP (ZAB_RT_GUARD_LOCK, void, g_mutex_unlock, (void *a), (a))
WRAP (ZAB_RT_GUARD_LOCK, void, g_rec_mutex_lock, (void *a), (a))
WRAP (ZAB_RT_GUARD_LOCK, void, g_rw_lock_reader_lock, (void *a), (a))
WRAP (ZAB_RT_GUARD_LOCK, void, g_rw_lock_writer_lock, (void *a), (a))
WRAP (ZAB_RT_GUARD_LOCK, void, g_cond_signal, (void *a), (a))
WRAP (ZAB_RT_GUARD_LOCK, void, g_cond_broadcast, (void *a), (a))
WRAP (ZAB_RT_GUARD_LOCK, void, g_cond_wait, (void *a, void *b), (a, b))
WRAP (ZAB_RT_GUARD_LOCK, void, g_async_queue_push, (void *a, void *b), (a, b))

WRAP (ZAB_RT_GUARD_GLIB, void *, g_object_ref, (void *a), (a))
WRAP (ZAB_RT_GUARD_GLIB, void, g_object_unref, (void *a), (a))
WRAP (ZAB_RT_GUARD_GLIB, unsigned, g_idle_add, (void *a, void *b), (a, b))
WRAP (ZAB_RT_GUARD_GLIB, unsigned, g_timeout_add, (unsigned a, void *b, void *c), (a, b, c))
WRAP (ZAB_RT_GUARD_GLIB, void, g_main_context_invoke, (void *a, void *b, void *c), (a, b, c))
WRAP (ZAB_RT_GUARD_GLIB, void, g_main_context_wakeup, (void *a), (a))

WRAP (ZAB_RT_GUARD_STDIO, int, puts, (const char *a), (a))
WRAP (ZAB_RT_GUARD_STDIO, int, putchar, (int a), (a))
WRAP (ZAB_RT_GUARD_STDIO, int, fputs, (const char *a, FILE *b), (a, b))
WRAP (ZAB_RT_GUARD_STDIO, int, fflush, (FILE *a), (a))
WRAP (ZAB_RT_GUARD_STDIO, int, fclose, (FILE *a), (a))
WRAP (ZAB_RT_GUARD_STDIO, size_t, fwrite, (const void *a, size_t b, size_t c, FILE *d),
      (a, b, c, d))
WRAP (ZAB_RT_GUARD_STDIO, int, vfprintf, (FILE *a, const char *b, va_list c), (a, b, c))

WRAP (ZAB_RT_GUARD_SLEEP, int, usleep, (useconds_t a), (a))
WRAP (ZAB_RT_GUARD_SLEEP, int, nanosleep, (const struct timespec *a, struct timespec *b), (a, b))
/* clang-format on */

#pragma GCC diagnostic pop

int
printf (const char *format, ...)
{
  va_list arguments;
  int     length;

  va_start (arguments, format);
  length = vfprintf (stdout, format, arguments);
  va_end (arguments);
  return length;
}

int
fprintf (FILE *file, const char *format, ...)
{
  va_list arguments;
  int     length;

  va_start (arguments, format);
  length = vfprintf (file, format, arguments);
  va_end (arguments);
  return length;
}
