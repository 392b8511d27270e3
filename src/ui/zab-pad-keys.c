/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-pad-keys.h"

/* The offset between the kernel's key numbers and those of X11 and xkbcommon. */
#define XKB_OFFSET 8

typedef struct
{
  guint16 evdev;
  char    us; /* the cap of the US layout: for a key that gives no character */
} PadKey;

/* In the order of the pads: six rows of six. The two last rows are the right-hand side of the
 * keyboard's two upper ones, because it has no more than four rows. */
static const PadKey pad_keys[ZAB_PAD_KEYS_N] = {
  { 2, '1' },  { 3, '2' },  { 4, '3' },  { 5, '4' },  { 6, '5' },  { 7, '6' },
  { 16, 'Q' }, { 17, 'W' }, { 18, 'E' }, { 19, 'R' }, { 20, 'T' }, { 21, 'Y' },
  { 30, 'A' }, { 31, 'S' }, { 32, 'D' }, { 33, 'F' }, { 34, 'G' }, { 35, 'H' },
  { 44, 'Z' }, { 45, 'X' }, { 46, 'C' }, { 47, 'V' }, { 48, 'B' }, { 49, 'N' },
  { 8, '7' },  { 9, '8' },  { 10, '9' }, { 11, '0' }, { 12, '-' }, { 13, '=' },
  { 22, 'U' }, { 23, 'I' }, { 24, 'O' }, { 25, 'P' }, { 26, '[' }, { 27, ']' },
};

int
zab_pad_keys_get_position (guint keycode)
{
  for (int i = 0; i < ZAB_PAD_KEYS_N; i++)
    if ((guint)pad_keys[i].evdev + XKB_OFFSET == keycode)
      return i;
  return -1;
}

guint
zab_pad_keys_get_keycode (guint position)
{
  g_return_val_if_fail (position < ZAB_PAD_KEYS_N, 0);
  return (guint)pad_keys[position].evdev + XKB_OFFSET;
}

/* Dead keys give no character of their own; their caps show the accent. */
static gunichar
get_accent (guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_dead_grave:
      return '`';
    case GDK_KEY_dead_acute:
      return 0x00b4;
    case GDK_KEY_dead_circumflex:
      return '^';
    case GDK_KEY_dead_tilde:
      return '~';
    case GDK_KEY_dead_diaeresis:
      return 0x00a8;
    case GDK_KEY_dead_abovering:
      return 0x02da;
    case GDK_KEY_dead_cedilla:
      return 0x00b8;
    case GDK_KEY_dead_caron:
      return 0x02c7;
    default:
      return 0;
    }
}

char *
zab_pad_keys_dup_cap (guint position, guint keyval, guint shifted)
{
  gunichar c = gdk_keyval_to_unicode (keyval);
  gunichar upper = gdk_keyval_to_unicode (shifted);
  char     utf8[7] = { 0 };

  g_return_val_if_fail (position < ZAB_PAD_KEYS_N, NULL);
  /* French keyboards have the digits on Shift; the digit is what one looks for. */
  if (g_unichar_isdigit (upper))
    c = upper;
  if (c == 0)
    c = get_accent (keyval);
  if (c == 0 || !g_unichar_isprint (c) || g_unichar_isspace (c))
    c = (gunichar)pad_keys[position].us;
  g_unichar_to_utf8 (g_unichar_toupper (c), utf8);
  return g_strdup (utf8);
}

char *
zab_pad_keys_dup_display_cap (GdkDisplay *display, int layout, guint position)
{
  g_autofree GdkKeymapKey *keys = NULL;
  g_autofree guint        *keyvals = NULL;
  guint                    plain = 0, shifted = 0;
  int                      n = 0;

  g_return_val_if_fail (GDK_IS_DISPLAY (display), NULL);
  if (!gdk_display_map_keycode (display, zab_pad_keys_get_keycode (position), &keys, &keyvals, &n))
    n = 0;
  for (int i = 0; i < n; i++)
    if (keys[i].group == layout && keys[i].level == 0)
      plain = keyvals[i];
    else if (keys[i].group == layout && keys[i].level == 1)
      shifted = keyvals[i];
  return zab_pad_keys_dup_cap (position, plain, shifted);
}
