/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hearing a file that is on no pad: it is loaded like any other, into a slot of the mixer's that is
 * none of the set's. All on the main thread. */
#include "engine/zab-engine-audition.h"
#include "engine/zab-engine-private.h"

#include <glib/gi18n-lib.h>

/* While there is no sound, the audition is over before it is heard. */
static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ZabEngine *self = ZAB_ENGINE (source);
  g_autoptr (GTask) audition = user_data;
  GError  *error = NULL;
  gboolean plays;

  if (!zab_engine_load_sample_finish (self, result, &error))
    {
      g_task_return_error (audition, error);
      return;
    }
  plays
      = (self->output == NULL || self->state == ZAB_OUTPUT_RUNNING)
        && zab_engine_push (
            self, &(ZabCommand){ .type = ZAB_COMMAND_PLAY, .pad = ZAB_PREVIEW, .velocity = 1.0f });
  g_task_return_boolean (audition, plays);
}

void
zab_engine_audition_async (ZabEngine *self, GFile *file, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *audition;

  g_return_if_fail (ZAB_IS_ENGINE (self));
  g_return_if_fail (G_IS_FILE (file));
  audition = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (audition, zab_engine_audition_async);
  if (self->is_shut_down)
    {
      g_task_return_new_error (audition, G_IO_ERROR, G_IO_ERROR_CLOSED,
                               _ ("The engine has been shut down"));
      g_object_unref (audition);
      return;
    }
  zab_engine_stop_audition (self);
  zab_engine_start_load (self, ZAB_PREVIEW, file, NULL,
                         g_task_new (self, NULL, on_loaded, audition));
}

gboolean
zab_engine_audition_finish (ZabEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* A full ring keeps the sample until the next audition, or the next stop, takes it away. */
void
zab_engine_stop_audition (ZabEngine *self)
{
  EnginePad *preview;

  g_return_if_fail (ZAB_IS_ENGINE (self));
  if (self->loader == NULL)
    return;
  zab_engine_end_load (self, ZAB_PREVIEW);
  preview = &self->pads[ZAB_PREVIEW];
  if (preview->sample == NULL
      || !zab_engine_push (self, &(ZabCommand){ .type = ZAB_COMMAND_UNLOAD, .pad = ZAB_PREVIEW }))
    return;
  g_clear_object (&preview->file);
  preview->sample = NULL;
  zab_engine_expect_retired (self);
}

double
zab_engine_get_audition_duration (ZabEngine *self)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), 0);
  return self->pads[ZAB_PREVIEW].sample != NULL ? self->pads[ZAB_PREVIEW].file_duration : 0;
}

gboolean
zab_engine_is_auditioning (ZabEngine *self)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), FALSE);
  return self->mixer != NULL && zab_mixer_get_n_voices (self->mixer, ZAB_PREVIEW) > 0;
}
