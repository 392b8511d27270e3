/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session's loads: files onto pads, and what the loader tells back to the pads. */
#include "model/zab-session-private.h"

#include <glib/gi18n-lib.h>

#include "engine/load/zab-load-error.h"
#include "model/zab-file-list.h"
#include "model/zab-pad-private.h"
#include "model/zab-set-file.h"
#include "model/zab-sound-name.h"
#include "zab-config.h"

guint
zab_session_count_loading (ZabSession *self)
{
  return self->n_asked - self->n_ended;
}

static double
compute_fraction (ZabSession *self)
{
  double done = self->n_ended;

  if (self->n_asked == 0)
    return 0;
  for (guint i = 0; i < ZAB_N_PADS; i++)
    if (self->requests[i] != 0)
      done += MAX (0, zab_pad_get_fraction (zab_set_get_pad (self->set, i)));
  return done / self->n_asked;
}

static void
update_fraction (ZabSession *self)
{
  const double fraction = compute_fraction (self);

  if (!(self->fraction < fraction) && !(self->fraction > fraction))
    return;
  self->fraction = fraction;
  zab_session_notify (self, ZAB_SESSION_PROP_LOAD_FRACTION);
}

static void
update_summary (ZabSession *self)
{
  g_autofree char *summary
      = zab_session_count_loading (self) == 0
            ? g_strdup ("")
            : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Loading sound %u of %u…",
                                            "Loading sound %u of %u…", self->n_asked),
                               self->n_ended + 1, self->n_asked);

  if (g_strcmp0 (summary, self->summary) == 0)
    return;
  g_free (self->summary);
  self->summary = g_steal_pointer (&summary);
  zab_session_notify (self, ZAB_SESSION_PROP_LOAD_SUMMARY);
}

static void
count_asked (ZabSession *self)
{
  self->n_asked++;
  zab_session_notify (self, ZAB_SESSION_PROP_N_LOADING);
  update_summary (self);
}

void
zab_session_count_ended (ZabSession *self)
{
  self->n_ended++;
  if (zab_session_count_loading (self) == 0)
    self->n_asked = self->n_ended = 0;
  zab_session_notify (self, ZAB_SESSION_PROP_N_LOADING);
  update_summary (self);
  update_fraction (self);
}

static const char *
stage_to_text (ZabLoadStage stage)
{
  switch (stage)
    {
    case ZAB_LOAD_STAGE_READING:
      return C_ ("load stage", "Reading");
    case ZAB_LOAD_STAGE_DECODING:
      return C_ ("load stage", "Decoding");
    case ZAB_LOAD_STAGE_RESAMPLING:
      return C_ ("load stage", "Resampling");
    }
  g_assert_not_reached ();
}

static GFile *
new_starter_set (void)
{
  const char *data_dir = g_getenv ("ZABUMBA_DATA_DIR");

  return g_file_new_build_filename (data_dir != NULL ? data_dir : ZAB_PKGDATA_DIR, "starter-set",
                                    NULL);
}

/* Nobody knows it by its place: it came with the program, in a bundle, or through a descriptor. */
static gboolean
is_own (GFile *file)
{
  g_autoptr (GFile) starter_set = new_starter_set ();
  g_autoptr (GFile) kept = g_file_new_build_filename (g_get_user_data_dir (), "zabumba", NULL);

  return g_file_has_prefix (file, starter_set) || g_file_has_prefix (file, kept);
}

/* What the file's name and the musician say counts for more. */
static void
learn_tempo (ZabSession *self, ZabPad *pad, double tempo)
{
  if (!(tempo > 0) || zab_pad_get_tempo (pad) > 0)
    return;
  zab_session_tell_learning (self);
  self->learns = TRUE;
  zab_pad_set_tempo (pad, tempo);
  self->learns = FALSE;
}

/* Of a file that was chosen, not one that a set remembers. */
static void
welcome (ZabSession *self, ZabPad *pad, const ZabLoaderEvent *event)
{
  GFile *file = zab_pad_get_file (pad);

  if (event->type != ZAB_LOADER_EVENT_SUCCESS || event->request != self->chosen[event->pad])
    return;
  learn_tempo (self, pad, event->success.tempo);
  if (file != NULL && !is_own (file))
    zab_session_tell_used (self, file);
}

/* The request is over before anyone is told, who may ask for the next one at once. */
static void
end_request (ZabSession *self, ZabPad *pad, const ZabLoaderEvent *event)
{
  self->requests[event->pad] = 0;
  if (event->type == ZAB_LOADER_EVENT_SUCCESS)
    zab_pad_end_load (pad, event->success.duration, event->success.warning);
  else if (event->type == ZAB_LOADER_EVENT_ERROR)
    zab_pad_fail_load (pad, event->error->message,
                       g_error_matches (event->error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_FOUND));
  else
    zab_pad_revert_load (pad);
  zab_session_count_ended (self);
  welcome (self, pad, event);
}

/* The pad follows the request that it waits for; anything else is stale, or the engine's own. */
void
zab_session_on_loader_event (ZabEngine *engine, ZabLoaderEvent *event, ZabSession *self)
{
  ZabPad *pad = zab_set_get_pad (self->set, event->pad);

  if (event->type == ZAB_LOADER_EVENT_SUCCESS)
    zab_controls_reload_pad (self->controls, event->pad);
  if (event->request != self->requests[event->pad])
    return;
  switch (event->type)
    {
    case ZAB_LOADER_EVENT_STARTED:
      zab_pad_set_progress (pad, stage_to_text (ZAB_LOAD_STAGE_READING), -1);
      break;
    case ZAB_LOADER_EVENT_PROGRESS:
      zab_pad_set_progress (pad, stage_to_text (event->progress.stage), event->progress.fraction);
      update_fraction (self);
      break;
    case ZAB_LOADER_EVENT_SUCCESS:
    case ZAB_LOADER_EVENT_ERROR:
    case ZAB_LOADER_EVENT_CANCELLED:
      end_request (self, pad, event);
      break;
    }
}

/* The pad waits for a load of @file from now on. */
static void
ask (ZabSession *self, guint pad, GFile *file)
{
  const gboolean supersedes = self->requests[pad] != 0;

  zab_engine_load_sample_async (self->engine, pad, file, NULL, NULL, NULL);
  self->requests[pad] = zab_engine_get_request (self->engine, pad);
  if (!supersedes)
    count_asked (self);
}

void
zab_session_load (ZabSession *self, guint pad, GFile *file)
{
  ZabPad  *target;
  gboolean misses;

  g_return_if_fail (ZAB_IS_SESSION (self));
  g_return_if_fail (pad < ZAB_N_PADS);
  g_return_if_fail (G_IS_FILE (file));
  target = zab_set_get_pad (self->set, pad);
  misses = target->kept != NULL && !g_file_equal (target->kept, file)
           && !zab_pad_get_has_sample (target);
  ask (self, pad, file);
  zab_session_note_chosen (self, pad);
  g_object_freeze_notify (G_OBJECT (target));
  if (target->kept == NULL)
    {
      zab_pad_set_mode (target,
                        zab_sound_name_is_loop (file) ? ZAB_PAD_MODE_LOOP : ZAB_PAD_MODE_ONE_SHOT);
      zab_pad_set_release (target, self->new_release);
    }
  zab_pad_begin_load (target, file);
  if (target->kept == NULL || !g_file_equal (target->kept, file))
    zab_pad_set_tempo (target, zab_sound_name_get_tempo (file));
  g_object_thaw_notify (G_OBJECT (target));
  update_fraction (self);
  if (misses)
    zab_session_tell_found (self, file);
}

void
zab_session_note_chosen (ZabSession *self, guint pad)
{
  self->chosen[pad] = self->requests[pad];
}

guint64
zab_session_get_request (ZabSession *self, guint pad)
{
  g_return_val_if_fail (ZAB_IS_SESSION (self), 0);
  g_return_val_if_fail (pad < ZAB_N_PADS, 0);
  return self->requests[pad];
}

void
zab_session_restore (ZabSession *self, guint pad, GFile *file, const char *name)
{
  g_return_if_fail (ZAB_IS_SESSION (self));
  g_return_if_fail (pad < ZAB_N_PADS);
  g_return_if_fail (G_IS_FILE (file));
  ask (self, pad, file);
  zab_pad_begin_restore (zab_set_get_pad (self->set, pad), file, name);
  update_fraction (self);
}

/* --- Many files ------------------------------------------------------------------------------ */

typedef struct
{
  ZabSession *session;
  guint       first_pad;
} Landing;

static void
landing_free (Landing *self)
{
  g_object_unref (self->session);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Landing, landing_free)

static void
load_on_pads_from (ZabSession *self, guint first_pad, GPtrArray *files)
{
  const guint room = ZAB_N_PADS - first_pad;

  /* What is told of all loads together is told once. */
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < MIN (files->len, room); i++)
    zab_session_load (self, first_pad + i, files->pdata[i]);
  g_object_thaw_notify (G_OBJECT (self));
  if (files->len == 0)
    zab_session_tell (self, _ ("There are no audio files in what you chose"));
  if (files->len > room)
    {
      g_autofree char *text = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%u file didn’t fit: there are no more pads",
                       "%u files didn’t fit: there are no more pads", files->len - room),
          files->len - room);

      zab_session_tell (self, text);
    }
}

static void
on_files_expanded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Landing) landing = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = zab_file_list_expand_finish (result, &error);

  if (landing->session->engine == NULL)
    return;
  if (files != NULL)
    load_on_pads_from (landing->session, landing->first_pad, files);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    zab_session_tell (landing->session, error->message);
}

void
zab_session_load_files (ZabSession *self, guint first_pad, GPtrArray *files)
{
  Landing *landing;

  g_return_if_fail (ZAB_IS_SESSION (self));
  g_return_if_fail (first_pad < ZAB_N_PADS);
  for (guint i = 0; i < files->len; i++)
    if (zab_set_file_is_set (files->pdata[i]))
      {
        zab_session_ask_to_open (self, files->pdata[i]);
        return;
      }
  landing = g_new0 (Landing, 1);
  landing->session = g_object_ref (self);
  landing->first_pad = first_pad;
  zab_file_list_expand_async (files, self->cancellable, on_files_expanded, landing);
}

static void
on_files_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) files = zab_file_list_expand_finish (result, &error);

  if (files != NULL)
    g_task_return_int (task, files->len);
  else
    g_task_return_error (task, error);
}

void
zab_session_count_files_async (ZabSession *self, GPtrArray *files, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (ZAB_IS_SESSION (self));
  zab_file_list_expand_async (files, cancellable, on_files_counted,
                              g_task_new (self, cancellable, callback, user_data));
}

gint
zab_session_count_files_finish (ZabSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);
  return (gint)g_task_propagate_int (G_TASK (result), error);
}

void
zab_session_load_starter_set (ZabSession *self)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, new_starter_set ());
  zab_session_load_files (self, 0, files);
}
