/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zab-catalogue.h"

#include <glib.h>

/* @sound as interleaved samples, little- or big-endian: dithered to 16 bits, rounded to 24, or as
 * 32-bit float (lossy encoders take it so). */
GByteArray *zab_quantise (const ZabSound *sound, unsigned channels, ZabCoding coding,
                          gboolean big_endian);
unsigned    zab_coding_bytes (ZabCoding coding);
