/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef enum
{
  BENCH_QUICK,
  BENCH_RARE,  /* tens of milliseconds for the shortest file: a program */
  BENCH_SHORT, /* a second for each minute of sound: not for tracks */
} BenchPace;

/* Somebody's whole way from a file to float32 frames at another rate, in the thread that calls. */
typedef struct
{
  const char *name;
  const char *suffixes; /* of the files that it reads: ".wav .flac" */

  /* Loads @path for @rate Hz and returns its number of frames; -1 when it can't. */
  gint64 (*load) (const char *path, int rate);

  BenchPace pace;
} BenchLoader;

enum
{
  BENCH_FIRST_PROGRAM = 2, /* from here on: how programs load, Giada and Hydrogen, ffmpeg, sox */
  BENCH_N_LOADERS = 5
};
extern const BenchLoader bench_loaders[BENCH_N_LOADERS];

/* Name and version of each, as it runs (transfer full). */
char *bench_loaders_describe (void);
