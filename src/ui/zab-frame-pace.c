/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-frame-pace.h"

#define INTERVAL (G_USEC_PER_SEC / 30 - 3000) /* frames come neither early nor late to the dot */

/* µs, of the last frame that was due, kept with the clock that all widgets of a window share. */
static gint64 *
get_last (GdkFrameClock *clock)
{
  const GQuark quark = g_quark_from_static_string ("zab-frame-pace");
  gint64      *last = g_object_get_qdata (G_OBJECT (clock), quark);

  if (last == NULL)
    {
      last = g_new0 (gint64, 1);
      g_object_set_qdata_full (G_OBJECT (clock), quark, last, g_free);
    }
  return last;
}

gboolean
zab_frame_pace_is_due (GdkFrameClock *clock)
{
  const gint64 now = gdk_frame_clock_get_frame_time (clock);
  gint64      *last = get_last (clock);

  if (now != *last && now - *last < INTERVAL)
    return FALSE;
  *last = now;
  return TRUE;
}
