/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is on a pad, put on another one. */
#include "model/zab-pad-private.h"
#include "model/zab-session-private.h"
#include "model/zab-settings.h"

/* All that a set remembers of a pad. */
typedef struct
{
  GFile      *file; /* or NULL */
  char       *name;
  JsonObject *settings;
} Contents;

static void
contents_clear (Contents *self)
{
  g_clear_object (&self->file);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->settings, json_object_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Contents, contents_clear)

static Contents
get_contents (ZabSession *self, guint index)
{
  ZabPad  *pad = zab_set_get_pad (self->set, index);
  GFile   *file = zab_pad_get_kept_file (pad);
  Contents contents = { .file = file != NULL ? g_object_ref (file) : NULL,
                        .name = g_strdup (zab_pad_get_kept_name (pad)),
                        .settings = json_object_new () };

  zab_settings_capture (G_OBJECT (pad), contents.settings);
  json_object_set_string_member (contents.settings, "name", contents.name);
  return contents;
}

/* FALSE: the audio thread takes nothing just now. */
static gboolean
put_contents (ZabSession *self, guint pad, const Contents *contents)
{
  if (!zab_session_try_clear (self, pad))
    return FALSE;
  zab_settings_apply (G_OBJECT (zab_set_get_pad (self->set, pad)), contents->settings);
  if (contents->file != NULL)
    zab_session_restore (self, pad, contents->file, contents->name);
  return TRUE;
}

static gboolean
can_move (ZabSession *self, guint from, guint to)
{
  g_return_val_if_fail (ZAB_IS_SESSION (self), FALSE);
  g_return_val_if_fail (from < ZAB_N_PADS && to < ZAB_N_PADS, FALSE);
  if (from == to || self->engine == NULL)
    return FALSE;
  zab_session_tell_when_refused (self, zab_engine_get_room (self->engine) >= 2);
  return zab_engine_get_room (self->engine) >= 2;
}

void
zab_session_copy_pad (ZabSession *self, guint from, guint to)
{
  g_auto (Contents) contents = { 0 };

  if (!can_move (self, from, to))
    return;
  contents = get_contents (self, from);
  put_contents (self, to, &contents);
}

void
zab_session_swap_pads (ZabSession *self, guint a, guint b)
{
  g_auto (Contents) of_a = { 0 };
  g_auto (Contents) of_b = { 0 };

  if (!can_move (self, a, b))
    return;
  of_a = get_contents (self, a);
  of_b = get_contents (self, b);
  if (put_contents (self, a, &of_b))
    put_contents (self, b, &of_a);
}
