/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-inspector-place.h"

enum
{
  BESIDE_FROM = 880,     /* of width */
  LOW_BESIDE_FROM = 720, /* where there is no room below the pads */
  LOW_BELOW = 560,       /* of height */
  WIDE_FROM = 640,
};

ZabInspectorPlace
zab_inspector_place_get (int width, int height)
{
  if (height < LOW_BELOW)
    return width >= LOW_BESIDE_FROM ? ZAB_INSPECTOR_BESIDE : ZAB_INSPECTOR_ALONE;
  return width >= BESIDE_FROM && width >= height ? ZAB_INSPECTOR_BESIDE : ZAB_INSPECTOR_BELOW;
}

gboolean
zab_inspector_place_is_wide (int width, int height)
{
  return zab_inspector_place_get (width, height) != ZAB_INSPECTOR_BESIDE && width >= WIDE_FROM;
}
