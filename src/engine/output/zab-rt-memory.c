/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/output/zab-rt-memory.h"

#include <string.h>
#include <sys/mman.h>

gpointer
zab_rt_memory_new (gsize size)
{
  void *memory = mmap (NULL, size, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

  if (memory == MAP_FAILED)
    g_error ("There is no memory for the mixer (%" G_GSIZE_FORMAT " bytes)", size);
  madvise (memory, size, MADV_NOHUGEPAGE);
  madvise (memory, size, MADV_DONTFORK);
  if (mlock (memory, size) < 0)
    g_debug ("the mixer's memory is not locked: RLIMIT_MEMLOCK is too small");
  memset (memory, 0, size); /* where the kernel did not populate it */
  return memory;
}

void
zab_rt_memory_free (gpointer memory, gsize size)
{
  if (memory != NULL)
    munmap (memory, size);
}
