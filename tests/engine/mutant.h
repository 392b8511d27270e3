/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Small files of every format in tests/data, NULL at the end. */
extern const char *const MUTANT_SOURCES[];

/* Damages @bytes as disks, networks and strangers do: cuts them, takes a piece out, or changes a
 * few bytes, mostly in the head. The same @rand makes the same mutants. */
void mutant_damage (GByteArray *bytes, GRand *rand);

G_END_DECLS
