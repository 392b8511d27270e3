/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-test-signal.h"

#include <math.h>

enum
{
  SCALE = 1 << 24, /* a float32 holds every integer up to it */
  PERIOD = SCALE - 1,
};

float
zab_test_counter (guint64 frame, guint channel)
{
  float value = (float)(frame % PERIOD + 1) / (float)SCALE;

  return channel % 2 ? -value : value;
}

void
zab_test_fill_counter (float *out, gsize n_frames, guint channels, guint64 first)
{
  for (gsize i = 0; i < n_frames; i++)
    for (guint c = 0; c < channels; c++)
      *out++ = zab_test_counter (first + i, c);
}

void
zab_test_fill_sine (float *out, gsize n_frames, guint channels, double frequency, double rate,
                    double amplitude)
{
  for (gsize i = 0; i < n_frames; i++)
    {
      double value = amplitude * sin (2 * G_PI * frequency * (double)i / rate);

      for (guint c = 0; c < channels; c++)
        *out++ = (float)value;
    }
}

/* TRUE and the frame's number when @frame is one of the counter. */
static gboolean
parse_counter (const float *frame, guint64 *number)
{
  if (!(frame[0] > 0 && frame[0] < 1))
    return FALSE;
  *number = (guint64)(frame[0] * (float)SCALE) - 1;
  return zab_test_counter (*number, 0) == frame[0] && zab_test_counter (*number, 1) == frame[1];
}

ZabTestCounterReport
zab_test_check_counter (const float *frames, gsize n_frames)
{
  ZabTestCounterReport report = { 0 };
  guint64              number, next = 0;
  gboolean             interrupted = FALSE;

  for (gsize i = 0; i < n_frames; i++)
    {
      const float *frame = frames + 2 * i;

      if (!parse_counter (frame, &number))
        {
          gboolean silent = frame[0] == 0 && frame[1] == 0;

          *(silent ? &report.silent : &report.wrong) += 1;
          interrupted = TRUE;
          continue;
        }
      if (report.exact == 0)
        {
          report.start = i;
          report.counter = number;
        }
      else if (interrupted || number != next)
        report.breaks++;
      report.exact++;
      interrupted = FALSE;
      next = (number + 1) % PERIOD;
    }
  return report;
}
