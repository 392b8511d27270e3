/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/zab-cli-set.h"

#include <glib/gi18n-lib.h>

#include "model/zab-document.h"
#include "model/zab-session-private.h"
#include "rt/zab-rt.h"

typedef struct
{
  gboolean done;
  gboolean opened;
  GError  *error;
} Open;

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Open *open = user_data;

  open->opened = zab_document_open_finish (ZAB_DOCUMENT (source), result, &open->error);
  open->done = TRUE;
}

/* The first pad that has no sound, though the set says it has. */
static gboolean
check_loaded (ZabSession *session, GError **error)
{
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      ZabPad *pad = zab_set_get_pad (zab_session_get_set (session), i);

      if (zab_pad_get_state (pad) != ZAB_PAD_FAILED)
        continue;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   _ ("pad %s: %s"), zab_pad_get_label (pad), zab_pad_get_error (pad));
      return FALSE;
    }
  return TRUE;
}

/* All that the pads are set to is the mixer's before the first frame; and a file has no ceiling
 * that a limiter would have to look after. */
static void
settle (ZabSession *session)
{
  zab_session_set_limiter (session, FALSE);
  while (!zab_session_flush (session))
    zab_engine_apply_commands (zab_session_peek_engine (session));
  zab_engine_apply_commands (zab_session_peek_engine (session));
}

ZabSession *
zab_cli_open_set (GFile *file, guint rate, GError **error)
{
  g_autoptr (ZabSession) session = zab_session_new_offline (rate);
  g_autoptr (ZabDocument) document = zab_document_new (session, NULL);
  Open open = { 0 };

  zab_document_open_async (document, file, NULL, on_opened, &open);
  while (!open.done)
    g_main_context_iteration (NULL, TRUE);
  while (open.opened && zab_session_count_loading (session) > 0)
    g_main_context_iteration (NULL, TRUE);
  zab_document_shut_down (document);
  settle (session);
  if (open.opened && check_loaded (session, error))
    return g_steal_pointer (&session);
  if (open.error != NULL)
    g_propagate_error (error, open.error);
  zab_session_shut_down (session);
  return NULL;
}
