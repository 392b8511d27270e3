/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-color.h"

GdkRGBA
zab_color_fade (GdkRGBA color, float part)
{
  color.alpha *= part;
  return color;
}
