/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Settings that are numbers: booleans, enumerations without gaps, integers and doubles, all kept as
 * doubles, which hold each of them exactly. Their GParamSpec tells the rest. Thread: any. */

double zab_number_get_default (GParamSpec *spec);

/* Within the range of @spec. FALSE where that is what it was, or @value is no number. */
gboolean zab_number_set (double *number, GParamSpec *spec, double value);

double zab_number_from_value (const GValue *value);
void   zab_number_to_value (double number, GValue *value);

G_END_DECLS
