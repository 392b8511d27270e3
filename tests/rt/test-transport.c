/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "lib/zab-test.h"
#include "rt/zab-mixer.h"
#include "rt/zab-transport.h"

enum
{
  RATE = 48000,
  HOUR = 3600, /* seconds */
};

/* The frame that line @n of a grid of @length (a number of sixteenths) belongs to: the first that
 * is not before it. A sixteenth takes 15000 x rate / tempo frames. */
static guint64
line_frame (guint64 n, guint64 length, guint rate, guint tempo)
{
  const unsigned __int128 numerator = (unsigned __int128)n * length * 15000 * rate;

  return (guint64)((numerator + tempo - 1) / tempo);
}

static const struct
{
  ZabQuantise quantise;
  guint       length; /* sixteenths, in 4/4 */
} grids[] = {
  { ZAB_QUANTISE_1_16, 1 },    { ZAB_QUANTISE_1_8, 2 },    { ZAB_QUANTISE_1_4, 4 },
  { ZAB_QUANTISE_1_2, 8 },     { ZAB_QUANTISE_1_BAR, 16 }, { ZAB_QUANTISE_2_BARS, 32 },
  { ZAB_QUANTISE_4_BARS, 64 },
};

/* From each line to the next for an hour: none is a frame off. */
static void
test_an_hour_of_lines (void)
{
  const guint rates[] = { 44100, 48000, 192000 };
  const guint tempos[] = { 20000, 59999, 120000, 137531, 999000 };

  for (guint r = 0; r < G_N_ELEMENTS (rates); r++)
    for (guint t = 0; t < G_N_ELEMENTS (tempos); t++)
      for (guint g = 0; g < G_N_ELEMENTS (grids); g++)
        {
          ZabTransport transport;
          guint64      n = 0;

          zab_transport_init (&transport, rates[r]);
          zab_transport_set_tempo (&transport, 0, tempos[t]);
          zab_transport_start (&transport, 0);
          for (guint64 now = 0; now < (guint64)HOUR * rates[r]; n++)
            {
              const guint64 line = zab_transport_next_line (&transport, now, grids[g].quantise);

              now = zab_transport_frame_of (&transport, now, line);
              g_assert_cmpuint (now, ==, line_frame (n, grids[g].length, rates[r], tempos[t]));
              now++;
            }
          g_assert_cmpuint (n, >=, 20 * 60 / 16);
        }
}

/* What comes on a line's own frame need not wait, what comes a frame later waits for the next. */
static void
test_on_the_line (void)
{
  ZabTransport transport;

  zab_transport_init (&transport, RATE);
  zab_transport_set_tempo (&transport, 0, 137531);
  zab_transport_start (&transport, 1000);
  for (guint64 n = 0; n < 500; n++)
    {
      const guint64 frame = 1000 + line_frame (n, 4, RATE, 137531);
      const guint64 next = 1000 + line_frame (n + 1, 4, RATE, 137531);
      const guint64 here = zab_transport_next_line (&transport, frame, ZAB_QUANTISE_1_4);
      const guint64 late = zab_transport_next_line (&transport, frame + 1, ZAB_QUANTISE_1_4);

      g_assert_cmpuint (zab_transport_frame_of (&transport, frame, here), ==, frame);
      g_assert_cmpuint (zab_transport_frame_of (&transport, frame + 1, late), ==, next);
    }
}

/* The grid begins anew with each bar, and bars go on to be counted when the metre changes. */
static void
test_metres (void)
{
  ZabTransport   transport;
  ZabBarPosition position;

  zab_transport_init (&transport, RATE);
  zab_transport_set_metre (&transport, 0, 7, 8); /* 84000 frames at 120 */
  zab_transport_start (&transport, 0);
  g_assert_cmpuint (zab_transport_next_line (&transport, 80000, ZAB_QUANTISE_1_4) / 120000, ==,
                    84000);
  g_assert_cmpuint (zab_transport_next_line (&transport, 84001, ZAB_QUANTISE_1_4) / 120000, ==,
                    84000 + 24000);
  position = zab_transport_at (&transport, 84000 * 3 + 12000);
  g_assert_cmpuint (position.bar, ==, 3);
  g_assert_cmpuint (position.tick, ==, ZAB_TICKS / 2);
  zab_transport_set_metre (&transport, 84000 * 3 + 12000, 3, 4); /* 72000 */
  position = zab_transport_at (&transport, 84000 * 3 + 72000 * 2 + 24000);
  g_assert_cmpuint (position.bar, ==, 5);
  g_assert_cmpuint (position.tick, ==, ZAB_TICKS);
}

/* Tempo and rate change without a jump, and what is refused changes nothing. */
static void
test_changes (void)
{
  ZabTransport   transport;
  ZabBarPosition position;

  zab_transport_init (&transport, RATE);
  zab_transport_start (&transport, 0);
  zab_transport_set_tempo (&transport, 96000, 60000); /* after a bar at 120 */
  zab_transport_set_tempo (&transport, 96000, 0);
  zab_transport_set_metre (&transport, 96000, 4, 3);
  position = zab_transport_at (&transport, 96000 + 48000);
  g_assert_cmpuint (position.bar, ==, 1);
  g_assert_cmpuint (position.tick, ==, ZAB_TICKS);
  zab_transport_set_rate (&transport, 96000 + 48000, 44100);
  position = zab_transport_at (&transport, 96000 + 48000 + 2 * 44100);
  g_assert_cmpuint (position.bar, ==, 1);
  g_assert_cmpuint (position.tick, ==, 3 * ZAB_TICKS);
  zab_transport_stop (&transport, 96000 + 48000 + 2 * 44100);
  position = zab_transport_at (&transport, 10000000);
  g_assert_cmpuint (position.tick, ==, 3 * ZAB_TICKS);
}

/* An hour of rendered bars: a pad that is pressed in each bar sounds on the next one's first
 * frame, from the first bar to the last. */
static void
test_an_hour_of_launches (void)
{
  enum
  {
    TEMPO = 137531,
    BLOCK = 8192
  };
  const float          click = 1.0f;
  ZabSample            sample = { .frames = &click, .n_frames = 1, .channels = 1, .rate = RATE };
  g_autofree ZabMixer *mixer = g_new0 (ZabMixer, 1);
  g_autofree float    *out = g_new (float, 2 * BLOCK);
  guint64              n_clicks = 0;
  const ZabCommand     commands[] = {
        { .type = ZAB_COMMAND_LOAD_SAMPLE, .sample = &sample },
        { .type = ZAB_COMMAND_SET_TEMPO, .value = TEMPO },
        { .type = ZAB_COMMAND_SET_QUANTISE, .pad = ZAB_MASTER, .value = ZAB_QUANTISE_1_BAR },
        { .type = ZAB_COMMAND_START_TRANSPORT },
  };

  zab_mixer_init (mixer, RATE);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_assert_true (zab_mixer_push (mixer, &commands[i]));
  for (guint64 now = 0; now < (guint64)HOUR * RATE; now += BLOCK)
    {
      g_assert_true (zab_mixer_push (
          mixer, &(ZabCommand){ .type = ZAB_COMMAND_PLAY, .time = now, .velocity = 1.0f }));
      zab_mixer_render (mixer, out, BLOCK);
      for (guint i = 0; i < BLOCK; i++)
        if (out[2 * i] != 0.0f)
          g_assert_cmpuint (now + i, ==, line_frame (n_clicks++, 16, RATE, TEMPO));
    }
  g_assert_cmpuint (n_clicks, ==, (guint64)HOUR * TEMPO / 60000 / 4 + 1);
  zab_mixer_drain (mixer);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rt/transport/an-hour-of-lines", test_an_hour_of_lines);
  zab_test_add ("/rt/transport/on-the-line", test_on_the_line);
  zab_test_add ("/rt/transport/metres", test_metres);
  zab_test_add ("/rt/transport/changes", test_changes);
  zab_test_add ("/rt/transport/an-hour-of-launches", test_an_hour_of_launches);
  return g_test_run ();
}
