/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rt/zab-launch.h"
#include "rt/zab-reference.h"
#include "rt/zab-sinc-quality.h"

/* What the reference's own files share. */

static const double ZAB_REFERENCE_CUT = 5; /* ms: of all that changes but attack and release */

/* Something that began at a frame and takes a number of them. */
typedef struct
{
  gboolean on;
  gint64   begin;
  gint64   length;
} Span;

/* A value that goes from one to another during a span. */
typedef struct
{
  double from, to;
  Span   way;
} Glide;

/* What of a sample is played, in whole frames in the order of playing. */
typedef struct
{
  gint64   start, end;
  gint64   loop_start, loop_end;
  gint64   crossfade, dip;
  gboolean reverse, ping_pong;
} Region;

typedef struct
{
  const ZabSample *sample;
  guint            pad;
  guint64          order; /* of starts; what jumps keeps it */
  double           velocity;
  gint64           begin;
  gint64           attack, tail;
  Region           region;
  gint64           at; /* on the number line; 2^32 is a frame */
  gboolean         loop, looped;
  Span             release, cut;
} Voice;

/* What a filter of the second order remembers of its input and its output, the latest first. */
typedef struct
{
  double in[2], out[2];
} Memory;

enum
{
  N_FILTERS = 9, /* of the isolator, each of the second order */
};

typedef struct
{
  Glide  gains[3];
  Glide  wet;
  Memory memories[N_FILTERS][2];
} Isolator;

/* All that has come since it was switched on. */
typedef struct
{
  Glide   wet;
  GArray *in[2];  /* double: the frames */
  GArray *wanted; /* gint64: the gain that each but the last six is to have; 2^30 is 1 */
  GArray *held;   /* gint64: the lowest of them around it, rising slowly */
} Limiter;

typedef struct
{
  const ZabSample *sample;
  guint            mode, retrigger, quantise, choke;
  gboolean         loop;
  double           attack, release, crossfade; /* ms */
  guint            start, end, loop_start, loop_end;
  gboolean         reverse, ping_pong;
  Glide            gain, left, right, speed;
  Isolator         isolator;
  double           wanted;
  gboolean         mute, solo;
  int              waiting; /* 1 to start, -1 to stop */
  double           velocity;
} Pad;

struct _ZabReference
{
  guint          rate;
  gint64         now;
  GArray        *commands;
  GArray        *voices;
  guint64        n_starts;
  Pad            pads[ZAB_N_PADS];
  Glide          volume, speed;
  Limiter        limiter;
  ZabSincQuality quality;
  guint          quantise;
  gboolean       exclusive;

  gboolean runs;
  guint64  tempo; /* thousandths */
  guint64  beats, unit;
  guint64  position; /* of this frame, 60000 x rate being a quarter note */
  guint64  bar;      /* position of the last metre's first bar */
};

gint64   zab_reference_to_frames (const ZabReference *self, double ms);
void     zab_reference_begin (const ZabReference *self, Span *span, double ms);
gboolean zab_reference_pad_loops (const Pad *pad);

/* --- zab-reference-voice.c: what a pad's voices are, and where they go -------------------------
 */

Voice   *zab_reference_voice_at (const ZabReference *self, guint i);
gboolean zab_reference_sounds (const ZabReference *self, guint pad);
void     zab_reference_start_voice (ZabReference *self, guint pad);
void     zab_reference_cut_pad (ZabReference *self, guint pad);
void     zab_reference_release_pad (ZabReference *self, guint pad);
void     zab_reference_update_voices (ZabReference *self, guint pad);
void     zab_reference_replace_sample (ZabReference *self, guint pad, const ZabSample *sample);
void     zab_reference_drop_ended (ZabReference *self);

/* --- zab-reference-place.c: the number line that a voice goes along --------------------------- */

Region   zab_reference_region_of (const Pad *pad);
gint64   zab_reference_line_end (const Voice *voice);
gint64   zab_reference_left (const Voice *voice); /* frames to the line's end */
gboolean zab_reference_is_in_seam (const Voice *voice, gint64 frame);

/* Frame @frame of the line, as it is heard. */
void zab_reference_hear (const Voice *voice, gint64 frame, double *out);
void zab_reference_go_on (Voice *voice, gint64 step);

/* --- zab-reference-sound.c: what a voice sounds like -------------------------------------------
 */

double zab_reference_rise (double step, gint64 length);
double zab_reference_fall (const ZabReference *self, const Span *span);

/* Adds this frame of @voice to @out, and goes on to the next. */
void zab_reference_add_voice (const ZabReference *self, Voice *voice, double *out);

/* --- zab-reference-strip.c: what sound goes through --------------------------------------------
 */

double zab_reference_glide_at (const Glide *glide, gint64 now);
void   zab_reference_glide_to (const ZabReference *self, Glide *glide, double value);
double zab_reference_speed_at (const Glide *glide, gint64 now);
void   zab_reference_speed_to (const ZabReference *self, Glide *glide, double value);
void   zab_reference_turn_isolator (const ZabReference *self, Isolator *isolator, guint band,
                                    double gain);
void   zab_reference_isolate (const ZabReference *self, Isolator *isolator, double *frame);
void   zab_reference_limiter_init (Limiter *limiter);
void   zab_reference_limiter_clear (Limiter *limiter);
void   zab_reference_switch_limiter (const ZabReference *self, Limiter *limiter, gboolean on);
void   zab_reference_limit (const ZabReference *self, Limiter *limiter, double *frame);

/* --- zab-reference-transport.c: when -----------------------------------------------------------
 */

/* Whether a line of the grid lies after the frame before, and not after this one. */
gboolean zab_reference_is_on_line (const ZabReference *self, guint quantise);
void     zab_reference_start_transport (ZabReference *self);
void     zab_reference_set_metre (ZabReference *self, guint beats, guint unit);
