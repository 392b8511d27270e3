/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory that the audio thread never faults on, as far as a program may say so: all of it is there
 * from the start, is not paged out (where the user may lock as much), is not moved into huge pages,
 * and stays the parent's alone, and writable, when some library forks. Zeroed. Thread: main. */
gpointer zab_rt_memory_new (gsize size);
void     zab_rt_memory_free (gpointer memory, gsize size);

G_END_DECLS
