/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zab-catalogue.h"

#include <glib.h>

/* Writes @sound to @path as @item says. WAV and AIFF are written here. */
gboolean zab_write (const ZabCatalogueItem *item, const ZabSound *sound, const char *path,
                    GError **error);

/* FLAC, Ogg Vorbis, Opus and MP3 through GStreamer's encoders. */
gboolean zab_encode (const ZabCatalogueItem *item, const ZabSound *sound, const char *path,
                     GError **error);
