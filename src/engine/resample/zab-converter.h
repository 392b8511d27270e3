/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * ZabConverter:
 * @ZAB_CONVERTER_FFT: our own, the rule (docs/resampler.md)
 * @ZAB_CONVERTER_LIBSAMPLERATE: libsamplerate at its best, the independent second one
 *
 * What brings samples to the rate of the output when they are loaded.
 */
typedef enum
{
  ZAB_CONVERTER_FFT,
  ZAB_CONVERTER_LIBSAMPLERATE,
} ZabConverter;
