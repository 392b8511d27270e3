/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-sample-parts.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "engine/resample/zab-resampler-frames.h"

static const int POPULATE_READ = 22; /* MADV_POPULATE_READ, Linux 5.14 */

struct _ZabSampleParts
{
  char *map;  /* addresses for all that may come; NULL: none yet */
  gsize room; /* bytes of them */
  gsize size; /* bytes that are there */
};

ZabSampleParts *
zab_sample_parts_new (void)
{
  return g_new0 (ZabSampleParts, 1);
}

void
zab_sample_parts_free (ZabSampleParts *self)
{
  if (self->map != NULL)
    {
      zab_sample_unmap (self->map, self->size);
      if (self->room > self->size)
        munmap (self->map + self->size, self->room - self->size);
    }
  g_free (self);
}

/* Not of huge pages: theirs can be missing when they are read. */
static gboolean
is_sealed (int fd, guint64 size)
{
  const int     seals = fcntl (fd, F_GET_SEALS);
  struct stat   info;
  struct statfs system;

  return seals >= 0 && (seals & ZAB_SAMPLE_SEALS) == ZAB_SAMPLE_SEALS && fstat (fd, &info) == 0
         && S_ISREG (info.st_mode) && (guint64)info.st_size == size && fstatfs (fd, &system) == 0
         && system.f_type == TMPFS_MAGIC;
}

/* More than any sample can take. */
static gsize
get_machine_size (void)
{
  const guint64 size = (guint64)sysconf (_SC_PHYS_PAGES) * (guint64)sysconf (_SC_PAGESIZE);

  return (gsize)MIN (size, G_MAXSIZE / 4) / ZAB_SAMPLE_PART * ZAB_SAMPLE_PART;
}

/* Addresses cost nothing, and where one part follows another must be known before it comes. Who is
 * not full is the last. */
static gboolean
find_room (ZabSampleParts *self, gsize n_bytes)
{
  void *map;

  if (self->map == NULL)
    {
      self->room = n_bytes < ZAB_SAMPLE_PART ? n_bytes : get_machine_size ();
      map = mmap (NULL, self->room, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
      self->map = map != MAP_FAILED ? map : NULL;
    }
  return self->map != NULL && n_bytes <= self->room - self->size;
}

/* Fetches all pages by one call: for a part and no more, since as long as that is at it no other
 * thread can map, not even by malloc (). FALSE: there is no memory for one that was never written,
 * and to look at it would end the program. A kernel that can't is not asked. */
static gboolean
populate (void *part, gsize n_bytes)
{
  return madvise (part, n_bytes, POPULATE_READ) == 0 || errno == EINVAL;
}

/* Every value is looked at, which faults in what populate () has not fetched. */
gboolean
zab_sample_parts_add (ZabSampleParts *self, int fd, guint64 n_bytes)
{
  void *part;

  if (n_bytes == 0 || n_bytes > ZAB_SAMPLE_PART || !is_sealed (fd, n_bytes)
      || !find_room (self, n_bytes))
    return FALSE;
  part = self->map + self->size;
  if (mmap (part, n_bytes, PROT_READ, MAP_SHARED | MAP_FIXED, fd, 0) == MAP_FAILED)
    return FALSE;
  self->size += n_bytes;
  return populate (part, n_bytes) && zab_frames_are_finite (part, n_bytes / sizeof (float));
}

guint64
zab_sample_parts_get_size (const ZabSampleParts *self)
{
  return self->size;
}

ZabSample *
zab_sample_parts_finish (ZabSampleParts *self, ZabSampleMemory *memory, guint64 n_frames,
                         guint channels, guint rate)
{
  ZabSample *sample;

  g_return_val_if_fail (zab_sample_get_size (n_frames, channels) == self->size, NULL);

  if (self->room > self->size)
    munmap (self->map + self->size, self->room - self->size);
  sample = zab_sample_new_mapped (memory, g_steal_pointer (&self->map), n_frames, channels, rate);
  zab_sample_parts_free (self);
  return sample;
}
