/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-set-contents.h"

G_BEGIN_DECLS

/* A set and its sounds in one file: a ZIP archive with "set.zabset" and "sounds/…", nothing
 * compressed, each sound once however many pads have it. Nothing of the maker's folders is in it.
 * Errors in ZAB_SET_ERROR. Each blocks. Thread: worker. */

#define ZAB_BUNDLE_SUFFIX ".zabumba"

enum
{
  ZAB_BUNDLE_MAX_ENTRIES = 512,
};

/* By its name. Thread: any. */
gboolean zab_bundle_is_bundle (GFile *file);

/* Written beside, read back, compared, then moved into place. When a sound is not there:
 * ZAB_SET_ERROR_MISSING, or @without_missing, and then its pad keeps all but the sound. */
gboolean zab_bundle_write (GFile *file, ZabSetContents *contents, gboolean without_missing,
                           GError **error);

/* Unpacks into a folder of its own below @root (made if need be), or finds what it unpacked before,
 * and returns the set with references into that folder, and to nowhere else. @hold (or NULL): a
 * descriptor that keeps the folder from being cleaned while it is open, or -1. */
ZabSetContents *zab_bundle_read (GFile *file, const char *root, int *hold, GError **error);

/* Whether the bundle was made without the sound. Thread: any. */
gboolean zab_bundle_is_missing (const ZabFileReference *reference);

/* Unpacks into @folder, which must be there and empty. */
gboolean zab_bundle_extract (int fd, const char *folder, GError **error);

/* Whether all of it can be unpacked, and each sound has the content that the set says. */
gboolean zab_bundle_verify (int fd, GError **error);

G_END_DECLS
