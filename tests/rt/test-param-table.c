/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <pthread.h>

#include "lib/zab-test.h"
#include "rt/zab-mixer.h"
#include "rt/zab-param-table.h"

/* However often a knob moves, one change comes, with the last value. */
static void
test_latest_wins (void)
{
  g_autofree ZabParamTable *table = g_new0 (ZabParamTable, 1);
  ZabParamChange            changes[8];

  g_assert_cmpuint (zab_param_table_take (table, changes, 8), ==, 0);
  for (guint i = 0; i < 100000; i++)
    zab_param_table_set (table, 215, ZAB_PARAM_GAIN, (float)i);
  zab_param_table_set (table, ZAB_MASTER, ZAB_PARAM_GAIN, 0.5f);
  zab_param_table_set (table, 215, ZAB_PARAM_RELEASE, 7.0f);
  g_assert_cmpuint (zab_param_table_take (table, changes, 8), ==, 3);
  g_assert_cmpuint (changes[0].pad, ==, 215);
  g_assert_true (changes[0].value == 99999.0f);
  g_assert_cmpuint (changes[1].pad, ==, ZAB_MASTER);
  g_assert_true (changes[1].value == 0.5f);
  g_assert_cmpint (changes[2].id, ==, ZAB_PARAM_RELEASE);
  g_assert_true (changes[2].value == 7.0f);
  g_assert_cmpuint (zab_param_table_take (table, changes, 8), ==, 0);
}

/* A bounded take leaves the rest, and each comes once. */
static void
test_bounded (void)
{
  g_autofree ZabParamTable *table = g_new0 (ZabParamTable, 1);
  ZabParamChange            changes[7];
  guint                     seen[ZAB_MASTER + 1][ZAB_N_PARAMS] = { 0 };
  guint                     n, n_seen = 0;

  for (guint pad = 0; pad <= ZAB_MASTER; pad++)
    for (guint id = 0; id < ZAB_N_PARAMS; id++)
      zab_param_table_set (table, pad, id, (float)(pad * ZAB_N_PARAMS + id));
  while ((n = zab_param_table_take (table, changes, 7)) > 0)
    for (guint i = 0; i < n; i++, n_seen++)
      {
        const ZabParamChange *change = &changes[i];

        g_assert_cmpuint (seen[change->pad][change->id]++, ==, 0);
        g_assert_true (change->value == (float)(change->pad * ZAB_N_PARAMS + change->id));
      }
  g_assert_cmpuint (n_seen, ==, (ZAB_MASTER + 1) * ZAB_N_PARAMS);
}

/* A storm of knobs takes no room from commands. */
static void
test_never_in_the_way (void)
{
  g_autofree ZabMixer *mixer = g_new0 (ZabMixer, 1);
  const ZabCommand     play = { .type = ZAB_COMMAND_PLAY, .pad = 3, .velocity = 1.0f };
  ZabSample            sample
      = { .frames = (const float[]){ 1.0f }, .n_frames = 1, .channels = 1, .rate = 48000 };
  float out[2];

  zab_mixer_init (mixer, 48000);
  g_assert_true (zab_mixer_push (
      mixer, &(ZabCommand){ .type = ZAB_COMMAND_LOAD_SAMPLE, .pad = 3, .sample = &sample }));
  for (guint i = 0; i < 100000; i++)
    zab_mixer_set_param (mixer, i % ZAB_N_PADS, ZAB_PARAM_GAIN, 1.0f);
  g_assert_true (zab_mixer_push (mixer, &play));
  zab_mixer_render (mixer, out, 1);
  g_assert_true (out[0] == 1.0f);
  zab_mixer_drain (mixer);
}

typedef struct
{
  ZabParamTable *table;
  gint           done;
} Storm;

static void *
turn_knobs (void *data)
{
  Storm *self = data;

  for (guint i = 1; i <= 300000; i++)
    zab_param_table_set (self->table, i % 3 * 100, ZAB_PARAM_GAIN, (float)i);
  __atomic_store_n (&self->done, 1, __ATOMIC_RELEASE);
  return NULL;
}

/* From another thread: values of a knob never go back, and the last ones arrive. */
static void
test_two_threads (void)
{
  g_autofree ZabParamTable *table = g_new0 (ZabParamTable, 1);
  Storm                     storm = { .table = table };
  ZabParamChange            changes[2];
  float                     last[201] = { 0 };
  pthread_t                 thread;
  gboolean                  done = FALSE;
  guint                     n;

  g_assert_cmpint (pthread_create (&thread, NULL, turn_knobs, &storm), ==, 0);
  do
    {
      done = __atomic_load_n (&storm.done, __ATOMIC_ACQUIRE) != 0;
      while ((n = zab_param_table_take (table, changes, 2)) > 0)
        for (guint i = 0; i < n; i++)
          {
            g_assert_cmpfloat (changes[i].value, >=, last[changes[i].pad]);
            last[changes[i].pad] = changes[i].value;
          }
    }
  while (!done);
  pthread_join (thread, NULL);
  g_assert_true (last[0] == 300000.0f);
  g_assert_true (last[100] == 299998.0f);
  g_assert_true (last[200] == 299999.0f);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rt/param-table/latest-wins", test_latest_wins);
  zab_test_add ("/rt/param-table/bounded", test_bounded);
  zab_test_add ("/rt/param-table/never-in-the-way", test_never_in_the_way);
  zab_test_add ("/rt/param-table/two-threads", test_two_threads);
  return g_test_run ();
}
