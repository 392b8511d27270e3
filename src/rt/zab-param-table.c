/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-param-table.h"

#include <string.h>

/* The value before the bit that says so; the audio thread reads them the other way round. */
void
zab_param_table_set (ZabParamTable *self, uint32_t pad, ZabParam id, float value)
{
  uint32_t bits;

  memcpy (&bits, &value, sizeof bits);
  atomic_store_explicit (&self->values[pad][id], bits, memory_order_relaxed);
  atomic_fetch_or_explicit (&self->changed[id][pad / 64], 1ull << pad % 64, memory_order_release);
  atomic_fetch_or_explicit (&self->any, 1u << id, memory_order_release);
}

static uint32_t
take_word (ZabParamTable *self, ZabParam id, uint32_t word, ZabParamChange *changes, uint32_t max)
{
  uint64_t bits = atomic_exchange_explicit (&self->changed[id][word], 0, memory_order_acquire);
  uint32_t n = 0;

  for (; bits != 0 && n < max; bits &= bits - 1)
    {
      const uint32_t pad = word * 64 + (uint32_t)__builtin_ctzll (bits);
      const uint32_t value = atomic_load_explicit (&self->values[pad][id], memory_order_relaxed);

      changes[n] = (ZabParamChange){ .pad = pad, .id = id };
      memcpy (&changes[n++].value, &value, sizeof value);
    }
  if (bits != 0)
    {
      atomic_fetch_or_explicit (&self->changed[id][word], bits, memory_order_relaxed);
      atomic_fetch_or_explicit (&self->any, 1u << id, memory_order_relaxed);
    }
  return n;
}

ZAB_RT uint32_t
zab_param_table_take (ZabParamTable *self, ZabParamChange *changes, uint32_t max)
{
  uint32_t ids;
  uint32_t n = 0;

  if (atomic_load_explicit (&self->any, memory_order_relaxed) == 0)
    return 0;
  ids = atomic_exchange_explicit (&self->any, 0, memory_order_acquire);
  for (; ids != 0; ids &= ids - 1)
    for (uint32_t word = 0; word < ZAB_PARAM_WORDS; word++)
      n += take_word (self, (ZabParam)__builtin_ctz (ids), word, changes + n, max - n);
  return n;
}
