/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <pipewire/pipewire.h>

/* Captures the monitor of a sink, float32 stereo, cycle by cycle.
 *
 * As the graph's driver it starts each cycle itself once the last one is wholly done, so that no
 * deadline can be missed at any load, and its clock is virtual time: position / rate. */
typedef struct _Recorder Recorder;

typedef enum
{
  RECORDER_FOLLOW, /* in real time, whatever drives the graph */
  RECORDER_DRIVE,  /* cycle after cycle, as fast as the machine can */
  RECORDER_STEP,   /* as many cycles as recorder_step () asks for */
} RecorderMode;

typedef struct
{
  void (*started) (void *data);                     /* it records */
  void (*progressed) (void *data);                  /* a cycle is done */
  void (*stepped) (void *data);                     /* the steps asked for are done */
  void (*failed) (void *data, const char *message); /* it can't go on */
} RecorderEvents;

/* Every function and event: Thread: the loop's. NULL: there is no daemon. */
Recorder *recorder_new (struct pw_loop *loop, const char *target, RecorderMode mode,
                        const RecorderEvents *events, void *data);
void      recorder_free (Recorder *self);

void recorder_step (Recorder *self, uint32_t n_cycles);

const float *recorder_get_frames (Recorder *self, uint64_t *n_frames);
uint32_t     recorder_get_rate (Recorder *self);        /* Hz, of the first cycle */
uint64_t     recorder_get_first_clock (Recorder *self); /* of the first cycle, frames */
uint64_t     recorder_get_next_clock (Recorder *self);  /* of the cycle to come */
uint32_t     recorder_get_gaps (Recorder *self);        /* times that the clock jumped */
uint32_t     recorder_get_stuck (Recorder *self);       /* cycles that some node never finished */
