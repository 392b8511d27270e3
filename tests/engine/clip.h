/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A whole decoded file, for tests. */
typedef struct
{
  guint  rate;
  guint  channels;
  gint64 promised; /* frames, by the decoder's info */
  gint64 n_frames; /* that came */
  float *frames;
  char  *warning; /* or NULL */
} Clip;

/* Decodes all that @fd holds in blocks of an odd size, and asserts what holds for every file: the
 * fraction never falls and ends at 1, no more frames come than are promised, none come after the
 * end, fewer come only with a warning. NULL and the decoder's error when it fails. */
Clip *clip_new (int fd, const char *name, GError **error);

/* Of tests/data; it must load. */
Clip *clip_load (const char *name);
void  clip_free (Clip *self);

/* A file of tests/data, as it is, and as a file descriptor. */
GByteArray *clip_read_file (const char *name);
int         clip_open_file (const char *name);

/* A file without a name that holds @size bytes. */
int clip_make_file (const void *data, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Clip, clip_free)

G_END_DECLS
