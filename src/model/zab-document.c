/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "model/zab-bundle.h"
#include "model/zab-document-private.h"
#include "model/zab-leftovers.h"
#include "model/zab-session-private.h"
#include "model/zab-set-file.h"

G_DEFINE_FINAL_TYPE (ZabDocument, zab_document, G_TYPE_OBJECT)

static GParamSpec *props[ZAB_DOCUMENT_N_PROPS];
static guint       recent_signal;

void
zab_document_notify (ZabDocument *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

void
zab_document_emit_recent (ZabDocument *self)
{
  g_signal_emit (self, recent_signal, 0, self->file);
}

void
zab_document_count_step (ZabDocument *self)
{
  self->step++;
  zab_document_notify (self, ZAB_DOCUMENT_PROP_STEP);
}

static void
update_flag (ZabDocument *self, gboolean *flag, gboolean value, guint prop)
{
  value = value != FALSE;
  if (*flag == value)
    return;
  *flag = value;
  zab_document_notify (self, prop);
}

static guint
count_missing (ZabDocument *self)
{
  ZabSet *set = zab_session_get_set (self->session);
  guint   n = 0;

  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      ZabPad *pad = zab_set_get_pad (set, i);

      n += zab_pad_get_state (pad) == ZAB_PAD_FAILED && !zab_pad_get_has_sample (pad);
    }
  return n;
}

void
zab_document_update (ZabDocument *self)
{
  const guint n_missing = count_missing (self);

  update_flag (self, &self->was_modified,
               !zab_set_contents_equal (zab_history_get_now (self->history), self->saved),
               ZAB_DOCUMENT_PROP_MODIFIED);
  update_flag (self, &self->could_undo, zab_history_can_undo (self->history),
               ZAB_DOCUMENT_PROP_CAN_UNDO);
  update_flag (self, &self->could_redo, zab_history_can_redo (self->history),
               ZAB_DOCUMENT_PROP_CAN_REDO);
  if (self->n_missing == n_missing)
    return;
  self->n_missing = n_missing;
  zab_document_notify (self, ZAB_DOCUMENT_PROP_N_MISSING);
}

static char *
title_of (GFile *file)
{
  g_autofree char *base = file != NULL ? g_file_get_basename (file) : NULL;
  char            *title;

  if (base == NULL)
    return g_strdup (_ ("Untitled set"));
  title = g_filename_display_name (base);
  if (g_str_has_suffix (title, ZAB_SET_FILE_SUFFIX))
    title[strlen (title) - strlen (ZAB_SET_FILE_SUFFIX)] = '\0';
  else if (zab_bundle_is_bundle (file))
    title[strlen (title) - strlen (ZAB_BUNDLE_SUFFIX)] = '\0';
  return title;
}

void
zab_document_set_file (ZabDocument *self, GFile *file, const char *stamp)
{
  g_autofree char *title = title_of (file);
  char            *copy = g_strdup (stamp);

  g_free (self->stamp);
  self->stamp = copy;
  if (g_set_object (&self->file, file))
    zab_document_notify (self, ZAB_DOCUMENT_PROP_FILE);
  if (g_strcmp0 (title, self->title) == 0)
    return;
  g_free (self->title);
  self->title = g_steal_pointer (&title);
  zab_document_notify (self, ZAB_DOCUMENT_PROP_TITLE);
}

void
zab_document_claim (ZabDocument *self)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  gboolean         taken;

  g_clear_pointer (&self->claim, zab_set_claim_free);
  if (self->file == NULL || self->folder == NULL)
    return;
  self->claim = zab_set_claim_new (self->folder, self->file, &taken);
  if (!taken)
    return;
  name = g_file_get_parse_name (self->file);
  text
      = g_strdup_printf (_ ("“%s” is open in another Zabumba, too. Save under another name, or the "
                                      "two will be in each other’s way."),
                            name);
  zab_session_tell (self->session, text);
}

static void
set_hold (ZabDocument *self, int hold)
{
  if (self->hold >= 0)
    close (self->hold);
  self->hold = hold;
}

/* --- Another set ----------------------------------------------------------------------------- */

typedef struct
{
  ZabSetContents *contents;
  char           *stamp;
  int             hold;
} Opened;

static void
opened_free (gpointer data)
{
  Opened *self = data;

  g_clear_pointer (&self->contents, zab_set_contents_unref);
  if (self->hold >= 0)
    close (self->hold);
  g_free (self->stamp);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opened, opened_free)

void
zab_document_clear (ZabDocument *self)
{
  ZabSetContents *now;
  g_autoptr (ZabSetContents) empty = NULL;
  JsonNode *const records[ZAB_N_PADS] = { NULL };

  g_return_if_fail (ZAB_IS_DOCUMENT (self));
  zab_document_collect (self);
  now = zab_history_get_now (self->history);
  empty = zab_set_contents_new (records, zab_set_contents_get_session (now), NULL, NULL);
  zab_document_adopt (self, empty);
  zab_document_set_file (self, NULL, NULL);
  zab_document_claim (self);
  zab_document_write_start (self);
  zab_document_update (self);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (Opened) opened = g_new0 (Opened, 1);
  g_autofree char *root = zab_leftovers_get_bundles ();
  GError          *error = NULL;

  opened->hold = -1;
  if (zab_bundle_is_bundle (task_data))
    {
      opened->stamp = zab_set_file_stamp (task_data);
      opened->contents = zab_bundle_read (task_data, root, &opened->hold, &error);
    }
  else
    opened->contents = zab_set_file_load (task_data, &opened->stamp, &error);
  if (opened->contents != NULL)
    g_task_return_pointer (task, g_steal_pointer (&opened), opened_free);
  else
    g_task_return_error (task, error);
}

void
zab_document_open_async (ZabDocument *self, GFile *file, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ZAB_IS_DOCUMENT (self));
  g_return_if_fail (G_IS_FILE (file));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, zab_document_open_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, open_in_thread);
}

gboolean
zab_document_open_finish (ZabDocument *self, GAsyncResult *result, GError **error)
{
  g_autoptr (Opened) opened = NULL;

  g_return_val_if_fail (ZAB_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  opened = g_task_propagate_pointer (G_TASK (result), error);
  if (opened == NULL)
    return FALSE;
  zab_document_adopt (self, opened->contents);
  zab_document_set_file (self, g_task_get_task_data (G_TASK (result)), opened->stamp);
  zab_document_claim (self);
  set_hold (self, opened->hold);
  opened->hold = -1;
  zab_document_write_start (self);
  zab_document_update (self);
  zab_document_emit_recent (self);
  zab_document_search (self, NULL);
  return TRUE;
}

/* --- Back and forth -------------------------------------------------------------------------- */

static void
show_now (ZabDocument *self, const char *mark)
{
  zab_document_apply (self, zab_history_get_now (self->history));
  zab_document_count_step (self);
  zab_document_write_mark (self, mark);
  zab_document_update (self);
}

void
zab_document_undo (ZabDocument *self)
{
  g_return_if_fail (ZAB_IS_DOCUMENT (self));
  zab_document_collect (self);
  if (zab_history_undo (self->history))
    show_now (self, "undo");
}

void
zab_document_redo (ZabDocument *self)
{
  g_return_if_fail (ZAB_IS_DOCUMENT (self));
  zab_document_collect (self);
  if (zab_history_redo (self->history))
    show_now (self, "redo");
}

guint64
zab_document_get_step (ZabDocument *self)
{
  g_return_val_if_fail (ZAB_IS_DOCUMENT (self), 0);
  zab_document_collect (self);
  return self->step;
}

void
zab_document_begin_gesture (ZabDocument *self)
{
  g_return_if_fail (ZAB_IS_DOCUMENT (self));
  zab_document_collect (self);
  if (self->n_gestures++ == 0)
    self->gesture_has_step = FALSE;
}

void
zab_document_end_gesture (ZabDocument *self)
{
  g_return_if_fail (ZAB_IS_DOCUMENT (self));
  g_return_if_fail (self->n_gestures > 0);
  zab_document_collect (self);
  self->n_gestures--;
  self->last_edited = NULL;
}

/* --- The document itself --------------------------------------------------------------------- */

GFile *
zab_document_get_file (ZabDocument *self)
{
  g_return_val_if_fail (ZAB_IS_DOCUMENT (self), NULL);
  return self->file;
}

const char *
zab_document_get_title (ZabDocument *self)
{
  g_return_val_if_fail (ZAB_IS_DOCUMENT (self), NULL);
  return self->title;
}

gboolean
zab_document_get_modified (ZabDocument *self)
{
  g_return_val_if_fail (ZAB_IS_DOCUMENT (self), FALSE);
  zab_document_collect (self);
  return self->was_modified;
}

void
zab_document_flush (ZabDocument *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (ZAB_IS_DOCUMENT (self));
  zab_document_collect (self);
  if (self->journal != NULL && !zab_journal_flush (self->journal, &error))
    g_message ("Unsaved work could not be kept: %s", error->message);
}

char *
zab_document_get_default_journal_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "zabumba", NULL);
}

ZabDocument *
zab_document_new (ZabSession *session, const char *journal_folder)
{
  ZabDocument *self = g_object_new (ZAB_TYPE_DOCUMENT, NULL);
  g_autoptr (ZabSetContents) empty = zab_set_contents_new_empty ();
  g_autoptr (ZabSetContents) now = NULL;

  self->session = g_object_ref (session);
  now = zab_document_capture (self, empty);
  self->history = zab_history_new (now);
  self->saved = zab_set_contents_ref (now);
  self->cancellable = g_cancellable_new ();
  zab_document_set_file (self, NULL, NULL);
  zab_document_follow (self);
  self->folder = g_strdup (journal_folder);
  if (journal_folder != NULL)
    zab_document_open_journal (self);
  zab_document_update (self);
  zab_document_search (self, NULL);
  return self;
}

static void
zab_document_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZabDocument *self = ZAB_DOCUMENT (object);

  switch (id)
    {
    case ZAB_DOCUMENT_PROP_FILE:
      g_value_set_object (value, self->file);
      break;
    case ZAB_DOCUMENT_PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case ZAB_DOCUMENT_PROP_MODIFIED:
      g_value_set_boolean (value, self->was_modified);
      break;
    case ZAB_DOCUMENT_PROP_SAVING:
      g_value_set_boolean (value, !g_queue_is_empty (&self->saves));
      break;
    case ZAB_DOCUMENT_PROP_CAN_UNDO:
      g_value_set_boolean (value, self->could_undo);
      break;
    case ZAB_DOCUMENT_PROP_CAN_REDO:
      g_value_set_boolean (value, self->could_redo);
      break;
    case ZAB_DOCUMENT_PROP_STEP:
      g_value_set_uint64 (value, self->step);
      break;
    case ZAB_DOCUMENT_PROP_N_MISSING:
      g_value_set_uint (value, self->n_missing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

void
zab_document_shut_down (ZabDocument *self)
{
  g_return_if_fail (ZAB_IS_DOCUMENT (self));
  if (self->is_shut_down)
    return;
  zab_document_flush (self);
  zab_document_unfollow (self);
  g_cancellable_cancel (self->cancellable);
  zab_document_close_journal (self);
  g_clear_pointer (&self->claim, zab_set_claim_free);
  set_hold (self, -1);
  self->is_shut_down = TRUE;
}

static void
zab_document_dispose (GObject *object)
{
  ZabDocument *self = ZAB_DOCUMENT (object);

  zab_document_shut_down (self);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (zab_document_parent_class)->dispose (object);
}

static void
zab_document_finalize (GObject *object)
{
  ZabDocument *self = ZAB_DOCUMENT (object);

  g_clear_pointer (&self->history, zab_history_free);
  g_clear_pointer (&self->saved, zab_set_contents_unref);
  g_free (self->stamp);
  g_free (self->title);
  g_free (self->folder);
  G_OBJECT_CLASS (zab_document_parent_class)->finalize (object);
}

static void
zab_document_class_init (ZabDocumentClass *klass)
{
  const GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = zab_document_dispose;
  object_class->finalize = zab_document_finalize;
  object_class->get_property = zab_document_get_property;

  props[ZAB_DOCUMENT_PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, r);
  props[ZAB_DOCUMENT_PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", r);
  props[ZAB_DOCUMENT_PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, r);
  props[ZAB_DOCUMENT_PROP_SAVING] = g_param_spec_boolean ("saving", NULL, NULL, FALSE, r);
  props[ZAB_DOCUMENT_PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, r);
  props[ZAB_DOCUMENT_PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, r);
  props[ZAB_DOCUMENT_PROP_STEP] = g_param_spec_uint64 ("step", NULL, NULL, 0, G_MAXUINT64, 0, r);
  props[ZAB_DOCUMENT_PROP_N_MISSING]
      = g_param_spec_uint ("n-missing", NULL, NULL, 0, ZAB_N_PADS, 0, r);
  g_object_class_install_properties (object_class, ZAB_DOCUMENT_N_PROPS, props);

  recent_signal = g_signal_new ("recent", ZAB_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_FILE);
}

static void
zab_document_init (ZabDocument *self)
{
  g_queue_init (&self->saves);
  self->hold = -1;
}
