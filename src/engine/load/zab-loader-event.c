/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/load/zab-loader-event.h"

G_DEFINE_BOXED_TYPE (ZabLoaderEvent, zab_loader_event, zab_loader_event_copy, zab_loader_event_free)

const char *
zab_load_stage_to_string (ZabLoadStage stage)
{
  switch (stage)
    {
    case ZAB_LOAD_STAGE_READING:
      return "reading";
    case ZAB_LOAD_STAGE_DECODING:
      return "decoding";
    case ZAB_LOAD_STAGE_RESAMPLING:
      return "resampling";
    }
  g_assert_not_reached ();
}

static const char *
type_to_string (ZabLoaderEventType type)
{
  switch (type)
    {
    case ZAB_LOADER_EVENT_STARTED:
      return "started";
    case ZAB_LOADER_EVENT_PROGRESS:
      return "progress";
    case ZAB_LOADER_EVENT_SUCCESS:
      return "success";
    case ZAB_LOADER_EVENT_ERROR:
      return "error";
    case ZAB_LOADER_EVENT_CANCELLED:
      return "cancelled";
    }
  g_assert_not_reached ();
}

static ZabLoaderEvent *
event_new (ZabLoaderEventType type, guint pad, guint64 request)
{
  ZabLoaderEvent *self = g_new0 (ZabLoaderEvent, 1);

  self->type = type;
  self->pad = pad;
  self->request = request;
  return self;
}

ZabLoaderEvent *
zab_loader_event_new_started (guint pad, guint64 request)
{
  return event_new (ZAB_LOADER_EVENT_STARTED, pad, request);
}

ZabLoaderEvent *
zab_loader_event_new_progress (guint pad, guint64 request, ZabLoadStage stage, double fraction)
{
  ZabLoaderEvent *self = event_new (ZAB_LOADER_EVENT_PROGRESS, pad, request);

  self->progress = (ZabLoaderProgress){ .stage = stage, .fraction = fraction };
  return self;
}

ZabLoaderEvent *
zab_loader_event_new_success (guint pad, guint64 request, const ZabLoaderSuccess *success)
{
  ZabLoaderEvent *self = event_new (ZAB_LOADER_EVENT_SUCCESS, pad, request);

  g_return_val_if_fail (success != NULL, self);
  self->success = *success;
  self->success.warning = g_strdup (success->warning);
  return self;
}

ZabLoaderEvent *
zab_loader_event_new_error (guint pad, guint64 request, const GError *error)
{
  ZabLoaderEvent *self = event_new (ZAB_LOADER_EVENT_ERROR, pad, request);

  g_return_val_if_fail (error != NULL, self);
  self->error = g_error_copy (error);
  return self;
}

ZabLoaderEvent *
zab_loader_event_new_cancelled (guint pad, guint64 request)
{
  return event_new (ZAB_LOADER_EVENT_CANCELLED, pad, request);
}

ZabLoaderEvent *
zab_loader_event_copy (const ZabLoaderEvent *self)
{
  ZabLoaderEvent *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  if (self->type == ZAB_LOADER_EVENT_SUCCESS)
    copy->success.warning = g_strdup (self->success.warning);
  else if (self->type == ZAB_LOADER_EVENT_ERROR)
    copy->error = g_error_copy (self->error);
  return copy;
}

void
zab_loader_event_free (ZabLoaderEvent *self)
{
  if (self == NULL)
    return;
  if (self->type == ZAB_LOADER_EVENT_SUCCESS)
    g_free (self->success.warning);
  else if (self->type == ZAB_LOADER_EVENT_ERROR)
    g_clear_error (&self->error);
  g_free (self);
}

static gboolean
success_equal (const ZabLoaderSuccess *a, const ZabLoaderSuccess *b)
{
  return !(a->duration < b->duration) && !(a->duration > b->duration) && a->n_frames == b->n_frames
         && a->channels == b->channels && a->rate == b->rate
         && g_strcmp0 (a->warning, b->warning) == 0;
}

gboolean
zab_loader_event_equal (const ZabLoaderEvent *a, const ZabLoaderEvent *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);
  if (a->type != b->type || a->pad != b->pad || a->request != b->request)
    return FALSE;
  switch (a->type)
    {
    case ZAB_LOADER_EVENT_PROGRESS:
      return a->progress.stage == b->progress.stage
             && !(a->progress.fraction < b->progress.fraction)
             && !(a->progress.fraction > b->progress.fraction);
    case ZAB_LOADER_EVENT_SUCCESS:
      return success_equal (&a->success, &b->success);
    case ZAB_LOADER_EVENT_ERROR:
      return g_error_matches (a->error, b->error->domain, b->error->code)
             && g_str_equal (a->error->message, b->error->message);
    case ZAB_LOADER_EVENT_STARTED:
    case ZAB_LOADER_EVENT_CANCELLED:
      return TRUE;
    }
  g_assert_not_reached ();
}

char *
zab_loader_event_to_string (const ZabLoaderEvent *self)
{
  g_autoptr (GString) string = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);
  g_string_printf (string, "pad %u request %" G_GUINT64_FORMAT ": %s", self->pad, self->request,
                   type_to_string (self->type));
  if (self->type == ZAB_LOADER_EVENT_PROGRESS && self->progress.fraction < 0)
    g_string_append_printf (string, " %s", zab_load_stage_to_string (self->progress.stage));
  else if (self->type == ZAB_LOADER_EVENT_PROGRESS)
    g_string_append_printf (string, " %s %.2f", zab_load_stage_to_string (self->progress.stage),
                            self->progress.fraction);
  else if (self->type == ZAB_LOADER_EVENT_SUCCESS)
    g_string_append_printf (
        string, " %.3f s, %" G_GUINT64_FORMAT " frames, %u channels, from %u Hz%s%s",
        self->success.duration, self->success.n_frames, self->success.channels, self->success.rate,
        self->success.warning ? "; " : "", self->success.warning ? self->success.warning : "");
  else if (self->type == ZAB_LOADER_EVENT_ERROR)
    g_string_append_printf (string, " %s", self->error->message);
  return g_string_free (g_steal_pointer (&string), FALSE);
}

static void
add (GVariantBuilder *dict, const char *key, GVariant *value)
{
  g_variant_builder_add (dict, "{sv}", key, value);
}

GVariant *
zab_loader_event_to_variant (const ZabLoaderEvent *self)
{
  g_auto (GVariantBuilder) dict = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  g_return_val_if_fail (self != NULL, NULL);
  add (&dict, "type", g_variant_new_string (type_to_string (self->type)));
  add (&dict, "id", g_variant_new_uint32 (self->pad));
  add (&dict, "request", g_variant_new_uint64 (self->request));
  if (self->type == ZAB_LOADER_EVENT_PROGRESS)
    {
      const char *stage = zab_load_stage_to_string (self->progress.stage);

      add (&dict, "stage", g_variant_new_string (stage));
      add (&dict, "fraction", g_variant_new_double (self->progress.fraction));
    }
  else if (self->type == ZAB_LOADER_EVENT_SUCCESS)
    {
      add (&dict, "duration", g_variant_new_double (self->success.duration));
      add (&dict, "frames", g_variant_new_uint64 (self->success.n_frames));
      add (&dict, "channels", g_variant_new_uint32 (self->success.channels));
      add (&dict, "rate", g_variant_new_uint32 (self->success.rate));
      if (self->success.tempo > 0)
        add (&dict, "tempo", g_variant_new_double (self->success.tempo));
      if (self->success.warning != NULL)
        add (&dict, "warning", g_variant_new_string (self->success.warning));
    }
  else if (self->type == ZAB_LOADER_EVENT_ERROR)
    {
      add (&dict, "domain", g_variant_new_string (g_quark_to_string (self->error->domain)));
      add (&dict, "code", g_variant_new_int32 (self->error->code));
      add (&dict, "message", g_variant_new_string (self->error->message));
    }
  return g_variant_builder_end (&dict);
}

gboolean
zab_loader_event_is_end (const ZabLoaderEvent *self)
{
  switch (self->type)
    {
    case ZAB_LOADER_EVENT_SUCCESS:
    case ZAB_LOADER_EVENT_ERROR:
    case ZAB_LOADER_EVENT_CANCELLED:
      return TRUE;
    case ZAB_LOADER_EVENT_STARTED:
    case ZAB_LOADER_EVENT_PROGRESS:
      return FALSE;
    }
  g_assert_not_reached ();
}
