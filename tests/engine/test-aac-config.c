/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-aac-config.h"

#include <string.h>

/* Numbers of so many bits each, one behind the other; a width of 0 behind the last. */
typedef struct
{
  guint width;
  guint value;
} Bits;

static gsize
pack (const Bits *bits, guint8 *bytes)
{
  gsize n = 0;

  for (; bits->width > 0; bits++)
    for (guint i = bits->width; i-- > 0; n++)
      {
        if (n % 8 == 0)
          bytes[n / 8] = 0;
        bytes[n / 8] = (guint8)(bytes[n / 8] | (bits->value >> i & 1) << (7 - n % 8));
      }
  return (n + 7) / 8;
}

typedef struct
{
  const char *name;
  Bits        bits[8];
  guint       rate; /* 0: refused */
  guint       channels;
} Config;

static const Config configs[] = {
  { "lc", { { 5, 2 }, { 4, 4 }, { 4, 2 }, { 3, 0 } }, 44100, 2 },
  { "lc-mono", { { 5, 2 }, { 4, 11 }, { 4, 1 }, { 3, 0 } }, 8000, 1 },
  { "lc-5.1", { { 5, 2 }, { 4, 3 }, { 4, 6 }, { 3, 0 } }, 48000, 6 },
  { "lc-7.1", { { 5, 2 }, { 4, 3 }, { 4, 7 }, { 3, 0 } }, 48000, 8 },
  { "lc-odd-rate", { { 5, 2 }, { 4, 15 }, { 24, 43210 }, { 4, 2 }, { 3, 0 } }, 43210, 2 },
  { "he", { { 5, 5 }, { 4, 7 }, { 4, 2 }, { 4, 4 }, { 5, 2 }, { 3, 0 } }, 22050, 2 },
  { "he-odd-rates",
    { { 5, 5 }, { 4, 15 }, { 24, 20000 }, { 4, 1 }, { 4, 15 }, { 24, 40000 }, { 5, 2 } },
    20000,
    1 },
  { "he-v2", { { 5, 29 }, { 4, 7 }, { 4, 1 }, { 4, 4 }, { 5, 2 }, { 3, 0 } }, 22050, 1 },
  { "main", { { 5, 1 }, { 4, 4 }, { 4, 2 }, { 3, 0 } }, 0, 0 },
  { "usac", { { 5, 31 }, { 6, 10 }, { 4, 4 }, { 4, 2 } }, 0, 0 },
  { "he-of-main", { { 5, 5 }, { 4, 7 }, { 4, 2 }, { 4, 4 }, { 5, 1 } }, 0, 0 },
  { "he-without-core", { { 5, 5 }, { 4, 7 }, { 4, 2 }, { 3, 4 } }, 0, 0 },
  { "own-channels", { { 5, 2 }, { 4, 4 }, { 4, 0 }, { 3, 0 } }, 0, 0 },
  { "no-such-channels", { { 5, 2 }, { 4, 4 }, { 4, 8 }, { 3, 0 } }, 0, 0 },
  { "no-such-rate", { { 5, 2 }, { 4, 13 }, { 4, 2 }, { 3, 0 } }, 0, 0 },
  { "rate-of-zero", { { 5, 2 }, { 4, 15 }, { 24, 0 }, { 4, 2 }, { 3, 0 } }, 0, 0 },
  { "one-byte", { { 5, 2 }, { 3, 2 } }, 0, 0 },
};

static void
test_config (gconstpointer data)
{
  const Config *expected = data;
  guint8        bytes[sizeof expected->bits];
  const gsize   size = pack (expected->bits, bytes);
  ZabAacConfig  config = { 0 };

  g_assert_true (zab_aac_config_parse (&config, bytes, size) == (expected->rate > 0));
  if (expected->rate == 0)
    return;
  g_assert_cmpuint (config.rate, ==, expected->rate);
  g_assert_cmpuint (config.channels, ==, expected->channels);
  g_assert_cmpmem (config.data, config.size, bytes, size);
}

static void
test_size (void)
{
  guint8       bytes[65] = { 0x12, 0x10 };
  ZabAacConfig config = { 0 };

  g_assert_false (zab_aac_config_parse (&config, bytes, 0));
  g_assert_true (zab_aac_config_parse (&config, bytes, 64));
  g_assert_false (zab_aac_config_parse (&config, bytes, 65));
}

/* Two files of one encoder are told alike. */
static void
test_caps (void)
{
  static const guint8 bytes[] = { 0x12, 0x10, 0x56, 0xe5, 0 };
  ZabAacConfig        first = { 0 };
  ZabAacConfig        second = { 0 };
  g_autoptr (GstCaps) caps = NULL;
  g_autoptr (GstCaps) same = NULL;
  g_autoptr (GstCaps) other = NULL;

  g_assert_true (zab_aac_config_parse (&first, bytes, sizeof bytes));
  g_assert_true (zab_aac_config_parse (&second, bytes, sizeof bytes));
  caps = zab_aac_config_dup_caps (&first);
  same = zab_aac_config_dup_caps (&second);
  g_assert_true (gst_caps_is_equal (caps, same));
  g_assert_true (zab_aac_config_parse (&second, bytes, 2));
  other = zab_aac_config_dup_caps (&second);
  g_assert_false (gst_caps_is_equal (caps, other));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (configs); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/aac-config/", configs[i].name, NULL);

      g_test_add_data_func (path, &configs[i], test_config);
    }
  g_test_add_func ("/engine/aac-config/size", test_size);
  gst_init (NULL, NULL);
  g_test_add_func ("/engine/aac-config/caps", test_caps);
  return g_test_run ();
}
