/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hearing a file before it is on a pad. */
#include "model/zab-session-private.h"

static void
on_auditioned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZabSession) self = user_data;
  g_autoptr (GError) error = NULL;

  if (zab_engine_audition_finish (ZAB_ENGINE (source), result, &error))
    {
      zab_session_look_on (self);
      zab_session_tell_audition_started (self,
                                         zab_engine_get_audition_duration (ZAB_ENGINE (source)));
    }
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
           && self->engine != NULL)
    zab_session_tell_audition_failed (self, error->message);
}

void
zab_session_audition (ZabSession *self, GFile *file)
{
  g_return_if_fail (ZAB_IS_SESSION (self));
  g_return_if_fail (G_IS_FILE (file));
  if (self->engine != NULL)
    zab_engine_audition_async (self->engine, file, on_auditioned, g_object_ref (self));
}

void
zab_session_stop_audition (ZabSession *self)
{
  g_return_if_fail (ZAB_IS_SESSION (self));
  if (self->engine != NULL)
    zab_engine_stop_audition (self->engine);
}
