/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/bench-resampler-peers.h"

#include <zita-resampler/resampler.h>

/* Its best filter. The first frame is in the filter's middle after inpsize () / 2 - 1 frames. */
gsize
bench_zita_convert (guint in_rate, guint out_rate, guint channels, const float *in, gsize n_frames,
                    float *out, gsize max_out)
{
  Resampler resampler;

  if (resampler.setup (in_rate, out_rate, channels, 96) != 0)
    return 0;
  resampler.inp_count = (unsigned)resampler.inpsize () / 2 - 1;
  resampler.inp_data = nullptr;
  resampler.out_count = 0xffffffff;
  resampler.out_data = nullptr;
  resampler.out_count = (unsigned)max_out;
  resampler.out_data = out;
  resampler.process ();
  resampler.inp_count = (unsigned)n_frames;
  resampler.inp_data = const_cast<float *> (in);
  resampler.process ();
  resampler.inp_count = (unsigned)resampler.inpsize () / 2;
  resampler.inp_data = nullptr;
  resampler.process ();
  return max_out - resampler.out_count;
}

const char *
bench_zita_version (void)
{
  static char version[32];

  g_snprintf (version, sizeof version, "%d.%d.%d", zita_resampler_major_version (),
              zita_resampler_minor_version (), 0);
  return version;
}
