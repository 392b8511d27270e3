/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lib/zab-test-input.h"
#include "ui/zab-application-private.h"

G_BEGIN_DECLS

/* What the scenes are played with. */
typedef struct
{
  ZabApplication *application;
  GtkWidget      *window;
  ZabTestInput   *input;
  GThreadPool    *hand; /* that turns the wheel; NULL: not yet */
  GPtrArray      *set;  /* GFile, of all of them */
  GPtrArray      *ten;
  GPtrArray      *hour;
  gboolean        zooms;    /* Control is held */
  guint           n_frames; /* since the scene began */
} BenchStage;

/* Something that the window does, to be compared with a window that does nothing but is otherwise
 * the same. Every function but start and is_over may be NULL. */
typedef struct
{
  const char *name;
  void (*prepare) (BenchStage *stage); /* before each round, for both */
  gboolean (*is_prepared) (BenchStage *stage);
  void (*start) (BenchStage *stage);
  void (*on_frame) (BenchStage *stage);
  gboolean (*is_over) (BenchStage *stage); /* not before there were frames enough to look at */
  void (*stop) (BenchStage *stage);
} BenchScene;

enum
{
  BENCH_N_SCENES = 5
};

extern const BenchScene bench_scenes[BENCH_N_SCENES];

/* The set of 36 pads, ready to be played; and all of it, played. */
void     bench_stage_load_pads (BenchStage *self);
gboolean bench_stage_has_pads (BenchStage *self);
void     bench_stage_run_transport (BenchStage *self);
void     bench_stage_play_pads (BenchStage *self);
void     bench_stage_be_still (BenchStage *self);

void bench_stage_clear (BenchStage *self);

G_END_DECLS
