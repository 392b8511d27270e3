/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/engine/clip.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "engine/decode/zab-decoder.h"

enum
{
  BLOCK = 777
};

static gboolean
read_all (Clip *self, ZabDecoder *decoder, GError **error)
{
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (float));
  float  block[BLOCK * 2];
  double fraction = zab_decoder_get_fraction (decoder);
  gssize n;

  g_assert_cmpfloat (fraction, >=, 0);
  while ((n = zab_decoder_read (decoder, block, BLOCK, NULL, error)) > 0)
    {
      g_assert_cmpint (n, <=, BLOCK);
      g_assert_null (zab_decoder_get_warning (decoder));
      g_array_append_vals (frames, block, (guint)n * self->channels);
      self->n_frames += n;
      g_assert_cmpfloat (zab_decoder_get_fraction (decoder), >=, fraction);
      fraction = zab_decoder_get_fraction (decoder);
    }
  if (n < 0)
    return FALSE;
  g_assert_cmpfloat (zab_decoder_get_fraction (decoder), ==, 1);
  g_assert_cmpint (zab_decoder_read (decoder, block, BLOCK, NULL, NULL), ==, 0);
  self->frames = (float *)(void *)g_array_free (g_steal_pointer (&frames), FALSE);
  self->warning = g_strdup (zab_decoder_get_warning (decoder));
  return TRUE;
}

Clip *
clip_new (int fd, const char *name, GError **error)
{
  g_autoptr (ZabDecoder) decoder
      = zab_decoder_open_with (fd, name, &(ZabDecoderOptions){ .alone = TRUE }, NULL, error);
  g_autoptr (Clip) self = NULL;
  const ZabAudioInfo *info;

  if (!decoder)
    return NULL;
  info = zab_decoder_get_info (decoder);
  g_assert_cmpuint (info->rate, >=, 4000);
  g_assert_cmpuint (info->rate, <=, 384000);
  g_assert_true (info->channels == 1 || info->channels == 2);
  g_assert_cmpint (info->n_frames, >=, -1);
  self = g_new0 (Clip, 1);
  self->rate = info->rate;
  self->channels = info->channels;
  self->promised = info->n_frames;
  if (!read_all (self, decoder, error))
    return NULL;
  if (self->promised >= 0)
    {
      g_assert_cmpint (self->n_frames, <=, self->promised);
      g_assert_true (self->n_frames == self->promised || self->warning);
    }
  return g_steal_pointer (&self);
}

Clip *
clip_load (const char *name)
{
  g_autoptr (GError) error = NULL;
  int   fd = clip_open_file (name);
  Clip *self = clip_new (fd, name, &error);

  g_assert_no_error (error);
  close (fd);
  return self;
}

void
clip_free (Clip *self)
{
  g_free (self->frames);
  g_free (self->warning);
  g_free (self);
}

GByteArray *
clip_read_file (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_byte_array_new_take ((guint8 *)data, size);
}

int
clip_open_file (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  int              fd = open (path, O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

int
clip_make_file (const void *data, gsize size)
{
  int fd = memfd_create ("zabumba-test", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, (gssize)size);
  return fd;
}
