/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ZabLoaderEventType:
 * @ZAB_LOADER_EVENT_STARTED: the job runs
 * @ZAB_LOADER_EVENT_PROGRESS: stage and fraction
 * @ZAB_LOADER_EVENT_SUCCESS: the sample is on its pad and can be played
 * @ZAB_LOADER_EVENT_ERROR: it is not; the pad keeps what it had
 * @ZAB_LOADER_EVENT_CANCELLED: the same, because somebody asked for it or a newer request came
 *
 * What a load has to tell. Each request that ZabEngine accepts begins with STARTED, once its job
 * runs; then come any number of PROGRESS; and exactly one of SUCCESS, ERROR and CANCELLED ends it.
 * A request that is cancelled while it still waits for its turn gives CANCELLED alone.
 */
typedef enum
{
  ZAB_LOADER_EVENT_STARTED,
  ZAB_LOADER_EVENT_PROGRESS,
  ZAB_LOADER_EVENT_SUCCESS,
  ZAB_LOADER_EVENT_ERROR,
  ZAB_LOADER_EVENT_CANCELLED,
} ZabLoaderEventType;

/**
 * ZabLoadStage:
 * @ZAB_LOAD_STAGE_READING: opening the file
 * @ZAB_LOAD_STAGE_DECODING: turning it into frames
 * @ZAB_LOAD_STAGE_RESAMPLING: bringing them to the output's rate
 *
 * What a load is at.
 */
typedef enum
{
  ZAB_LOAD_STAGE_READING,
  ZAB_LOAD_STAGE_DECODING,
  ZAB_LOAD_STAGE_RESAMPLING,
} ZabLoadStage;

/* The stage's name as it stands in logs and dictionaries: "reading", ... Static. */
const char *zab_load_stage_to_string (ZabLoadStage stage);

typedef struct
{
  ZabLoadStage stage;
  double       fraction; /* of the whole load: 0..1, never decreasing, 1 at the end; -1: unknown */
} ZabLoaderProgress;

typedef struct
{
  double  duration;      /* seconds */
  double  file_duration; /* the same of all that is in the file; 0: not known */
  double  tempo;         /* beats a minute, as the file's tags tell; 0: they don't */
  guint64 n_frames;      /* as loaded, at the output's rate */
  guint   channels;      /* as loaded: 1 or 2 */
  guint   rate;          /* Hz, of the source */
  char   *warning;       /* what is wrong with a file that loaded nevertheless; or NULL */
} ZabLoaderSuccess;

/**
 * ZabLoaderEvent:
 * @type: what it is
 * @pad: 0 to 215
 * @request: unique in the process, from 1 on
 *
 * What a load has to tell. [method@LoaderEvent.to_variant] has all of it.
 */
typedef struct
{
  ZabLoaderEventType type;
  guint              pad;     /* 0..215 */
  guint64            request; /* unique in the process, from 1 on */
  union
  {
    ZabLoaderProgress progress; /* PROGRESS */
    ZabLoaderSuccess  success;  /* SUCCESS */
    GError           *error;    /* ERROR */
  };
} ZabLoaderEvent;

/* Every function: Thread: any. Events are values: each holder owns its copy. */

#define ZAB_TYPE_LOADER_EVENT (zab_loader_event_get_type ())
GType zab_loader_event_get_type (void);

ZabLoaderEvent *zab_loader_event_new_started (guint pad, guint64 request);
ZabLoaderEvent *zab_loader_event_new_progress (guint pad, guint64 request, ZabLoadStage stage,
                                               double fraction);
ZabLoaderEvent *zab_loader_event_new_success (guint pad, guint64 request,
                                              const ZabLoaderSuccess *success);
ZabLoaderEvent *zab_loader_event_new_error (guint pad, guint64 request, const GError *error);
ZabLoaderEvent *zab_loader_event_new_cancelled (guint pad, guint64 request);

ZabLoaderEvent *zab_loader_event_copy (const ZabLoaderEvent *self);
void            zab_loader_event_free (ZabLoaderEvent *self);
gboolean        zab_loader_event_equal (const ZabLoaderEvent *a, const ZabLoaderEvent *b);

/**
 * zab_loader_event_to_string:
 * @self: an event
 *
 * For logs: "pad 3 request 7: progress decoding 0.33".
 *
 * Returns: (transfer full): a text
 */
char *zab_loader_event_to_string (const ZabLoaderEvent *self);

/**
 * zab_loader_event_to_variant:
 * @self: an event
 *
 * An a{sv} dictionary: "type" s, "id" u (the pad), "request" t, and
 *
 * - progress: "stage" s, "fraction" d
 * - success: "duration" d, "frames" t, "channels" u, "rate" u, "tempo" d where the file's tags tell
 *   it, and "warning" s where there is one
 * - error: "domain" s, "code" i, "message" s
 *
 * Returns: (transfer none): a floating reference
 */
GVariant *zab_loader_event_to_variant (const ZabLoaderEvent *self);

/* TRUE for SUCCESS, ERROR and CANCELLED. */
gboolean zab_loader_event_is_end (const ZabLoaderEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabLoaderEvent, zab_loader_event_free)

G_END_DECLS
