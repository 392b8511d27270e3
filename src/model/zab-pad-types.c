/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-pad-types.h"

#define DEFINE_ENUM(Name, name, ...)                                                               \
  GType zab_pad_##name##_get_type (void)                                                           \
  {                                                                                                \
    static gsize            type;                                                                  \
    static const GEnumValue values[] = { __VA_ARGS__, { 0, NULL, NULL } };                         \
                                                                                                   \
    if (g_once_init_enter (&type))                                                                 \
      g_once_init_leave (&type, g_enum_register_static ("ZabPad" #Name, values));                  \
    return type;                                                                                   \
  }

#define VALUE(name, nick)                                                                          \
  {                                                                                                \
    name, #name, nick                                                                              \
  }

DEFINE_ENUM (State, state, VALUE (ZAB_PAD_EMPTY, "empty"), VALUE (ZAB_PAD_WAITING, "waiting"),
             VALUE (ZAB_PAD_LOADING, "loading"), VALUE (ZAB_PAD_READY, "ready"),
             VALUE (ZAB_PAD_FAILED, "failed"))

DEFINE_ENUM (Mode, mode, VALUE (ZAB_PAD_MODE_ONE_SHOT, "one-shot"),
             VALUE (ZAB_PAD_MODE_GATE, "gate"), VALUE (ZAB_PAD_MODE_TOGGLE, "toggle"),
             VALUE (ZAB_PAD_MODE_LOOP, "loop"))

DEFINE_ENUM (Retrigger, retrigger, VALUE (ZAB_PAD_RETRIGGER_RESTART, "restart"),
             VALUE (ZAB_PAD_RETRIGGER_ADD, "add"))

DEFINE_ENUM (Quantise, quantise, VALUE (ZAB_PAD_QUANTISE_FOLLOW, "follow"),
             VALUE (ZAB_PAD_QUANTISE_OFF, "off"), VALUE (ZAB_PAD_QUANTISE_1_16, "1/16"),
             VALUE (ZAB_PAD_QUANTISE_1_8, "1/8"), VALUE (ZAB_PAD_QUANTISE_1_4, "1/4"),
             VALUE (ZAB_PAD_QUANTISE_1_2, "1/2"), VALUE (ZAB_PAD_QUANTISE_1_BAR, "1-bar"),
             VALUE (ZAB_PAD_QUANTISE_2_BARS, "2-bars"), VALUE (ZAB_PAD_QUANTISE_4_BARS, "4-bars"))

DEFINE_ENUM (Color, color, VALUE (ZAB_PAD_COLOR_NONE, "none"), VALUE (ZAB_PAD_COLOR_RED, "red"),
             VALUE (ZAB_PAD_COLOR_ORANGE, "orange"), VALUE (ZAB_PAD_COLOR_YELLOW, "yellow"),
             VALUE (ZAB_PAD_COLOR_GREEN, "green"), VALUE (ZAB_PAD_COLOR_BLUE, "blue"),
             VALUE (ZAB_PAD_COLOR_PURPLE, "purple"), VALUE (ZAB_PAD_COLOR_PINK, "pink"),
             VALUE (ZAB_PAD_COLOR_BROWN, "brown"))

const char *
zab_pad_type_get_nick (GType type, int value)
{
  GEnumClass       *klass = g_type_class_ref (type);
  const GEnumValue *found = g_enum_get_value (klass, value);

  g_type_class_unref (klass);
  g_return_val_if_fail (found != NULL, NULL);
  return found->value_nick;
}
