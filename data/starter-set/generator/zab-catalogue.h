/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zab-sound.h"

#define ZAB_CATALOGUE_SIZE 36

typedef enum
{
  ZAB_CODING_INTEGER_16,
  ZAB_CODING_INTEGER_24,
  ZAB_CODING_FLOAT_32,
  ZAB_CODING_LOSSY,
} ZabCoding;

/* One file of the starter set. */
typedef struct
{
  const char *name; /* the file's; its ending says the container */
  void (*draw) (ZabSound *sound);
  unsigned  beats; /* a loop's length at 120 a minute; 0: a one-shot */
  unsigned  rate;
  unsigned  channels;
  ZabCoding coding;
  double    peak;           /* dBFS */
  double    reverb;         /* how much room */
  double    reverb_seconds; /* how long it rings */
} ZabCatalogueItem;

extern const ZabCatalogueItem zab_catalogue[ZAB_CATALOGUE_SIZE];

/* Draws @item: its exact length, peak and channels. */
ZabSound *zab_catalogue_item_draw (const ZabCatalogueItem *item);
