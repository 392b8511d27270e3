/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/* Starts GStreamer, once in the process. Thread: any but the main one: the first start after an
 * installation reads every plug-in, which takes a second or so. */
gboolean zab_gst_init (GError **error);

/* A bus that keeps the messages that tell why decoding failed, and drops all others. Where
 * @n_errors is given, errors are counted there, atomically. Thread: any. */
GstBus *zab_gst_bus_new (gint *n_errors);

/* An appsink that takes raw audio of every kind that we convert, at once (transfer full); or NULL.
 * Thread: any. */
GstElement *zab_gst_make_sink (void);

/* Takes what is on @bus, sets @error to the first message that says something specific, about the
 * file called @name, and returns TRUE. FALSE when there is no message. Where it @is_known that the
 * file is audio, one that can't be decoded is damaged. */
gboolean zab_gst_bus_take_error (GstBus *bus, const char *name, gboolean is_known, GError **error);

/* ZAB_LOAD_ERROR_NO_DECODER: “name” needs @what, which is not installed. */
void zab_gst_set_missing (GError **error, const char *name, const char *what);

/* Bytes of a frame of raw audio, of all its channels, and frames in the sample; 0: it is none.
 * Thread: any. */
gsize  zab_gst_get_frame_size (GstSample *sample);
gint64 zab_gst_count_frames (GstSample *sample);

/* Appends @buffer (transfer full) to a "streamheader" of caps. Thread: any. */
void zab_gst_append_header (GValue *headers, GstBuffer *buffer);

G_END_DECLS
