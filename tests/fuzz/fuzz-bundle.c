/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as a bundle: refused, or read to its end. */
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "model/zab-bundle.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  const int fd = memfd_create ("bundle", MFD_CLOEXEC);
  gboolean  good;

  g_assert_cmpint (write (fd, data, size), ==, (ssize_t)size);
  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
  good = zab_bundle_verify (fd, &error);
  g_assert_true (good == (error == NULL));
  close (fd);
  return 0;
}
