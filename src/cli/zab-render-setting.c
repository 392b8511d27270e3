/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/zab-render-setting.h"

#include <glib/gi18n-lib.h>

enum
{
  MAX_WORDS = 10
};

/* What a value may be: one of some words (their index is the value), or a number. */
typedef struct
{
  const char *words[MAX_WORDS];
  double      min, max;
} Value;

typedef struct
{
  const char *name;
  gboolean    has_pad;
  guint       n_values;
  Value       values[ZAB_RENDER_MAX_VALUES];
  ZabParam    param; /* where apply is NULL */
  void (*apply) (ZabEngine *engine, guint pad, const double *values);
} Setting;

static void
apply_release (ZabEngine *engine, guint pad, const double *values)
{
  zab_engine_release_pad (engine, pad);
}

static void
apply_mode (ZabEngine *engine, guint pad, const double *values)
{
  zab_engine_set_pad_mode (engine, pad, (ZabLaunchMode)values[0]);
}

static void
apply_retrigger (ZabEngine *engine, guint pad, const double *values)
{
  zab_engine_set_pad_retrigger (engine, pad, (ZabRetrigger)values[0]);
}

static void
apply_region (ZabEngine *engine, guint pad, const double *values)
{
  zab_engine_set_pad_region (engine, pad, (guint32)values[0], (guint32)values[1]);
}

static void
apply_loop_range (ZabEngine *engine, guint pad, const double *values)
{
  zab_engine_set_pad_loop_range (engine, pad, (guint32)values[0], (guint32)values[1]);
}

static void
apply_ping_pong (ZabEngine *engine, guint pad, const double *values)
{
  zab_engine_set_pad_ping_pong (engine, pad, values[0] > 0);
}

static void
apply_reverse (ZabEngine *engine, guint pad, const double *values)
{
  zab_engine_set_pad_reverse (engine, pad, values[0] > 0);
}

static void
apply_quality (ZabEngine *engine, guint pad, const double *values)
{
  zab_engine_set_quality (engine, (ZabSincQuality)values[0]);
}

static void
apply_choke (ZabEngine *engine, guint pad, const double *values)
{
  zab_engine_set_pad_choke (engine, pad, (guint)values[0]);
}

static void
apply_exclusive (ZabEngine *engine, guint pad, const double *values)
{
  zab_engine_set_exclusive (engine, values[0] > 0);
}

static void
apply_transport (ZabEngine *engine, guint pad, const double *values)
{
  if (values[0] > 0)
    zab_engine_start_transport (engine);
  else
    zab_engine_stop_transport (engine);
}

static void
apply_tempo (ZabEngine *engine, guint pad, const double *values)
{
  zab_engine_set_tempo (engine, values[0]);
}

static void
apply_metre (ZabEngine *engine, guint pad, const double *values)
{
  zab_engine_set_metre (engine, (guint)values[0], 1u << (guint)values[1]);
}

static void
apply_quantise (ZabEngine *engine, guint pad, const double *values)
{
  zab_engine_set_quantise (engine, (ZabQuantise)((guint)values[0] + ZAB_QUANTISE_OFF));
}

static void
apply_pad_quantise (ZabEngine *engine, guint pad, const double *values)
{
  zab_engine_set_pad_quantise (engine, pad, (ZabQuantise)values[0]);
}

static void
print_meter (ZabEngine *engine, const char *what, const ZabMeterReading *reading)
{
  char             numbers[4][G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *line = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_ascii_formatd (numbers[i], sizeof numbers[i], "%.6f", (double)reading->peak[i]);
      g_ascii_formatd (numbers[2 + i], sizeof numbers[i], "%.6f", (double)reading->rms[i]);
    }
  line = g_strdup_printf ("{\"frame\":%" G_GUINT64_FORMAT
                          ",%s,\"peak\":[%s,%s],\"rms\":[%s,%s],\"clipped\":%" G_GUINT64_FORMAT "}",
                          zab_engine_get_clock (engine), what, numbers[0], numbers[1], numbers[2],
                          numbers[3], reading->n_clipped);
  g_print ("%s\n", line);
}

static void
apply_meter (ZabEngine *engine, guint pad, const double *values)
{
  g_autofree char *what = g_strdup_printf ("\"pad\":%u", pad);
  ZabMeterReading  reading;

  zab_engine_read_pad_meter (engine, pad, &reading);
  print_meter (engine, what, &reading);
}

static void
apply_meter_all (ZabEngine *engine, guint pad, const double *values)
{
  char             number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *what = NULL;
  ZabMeterReading  reading;

  g_ascii_formatd (number, sizeof number, "%.6f", (double)zab_engine_read_limiter (engine));
  what = g_strdup_printf ("\"limiter\":%s", number);
  zab_engine_read_master_meter (engine, &reading);
  print_meter (engine, what, &reading);
}

#define SWITCH                                                                                     \
  {                                                                                                \
    .words = { "off", "on" }                                                                       \
  }
#define GRID "off", "1/16", "1/8", "1/4", "1/2", "1", "2", "4"
#define FRAME                                                                                      \
  {                                                                                                \
    .max = ZAB_TO_THE_END                                                                          \
  }

static const Setting settings[] = {
  { .name = "release", .has_pad = TRUE, .apply = apply_release },
  { "mode",
    TRUE,
    1,
    { { .words = { "one-shot", "gate", "toggle", "loop" } } },
    .apply = apply_mode },
  { "retrigger", TRUE, 1, { { .words = { "restart", "add" } } }, .apply = apply_retrigger },
  { "choke", TRUE, 1, { { .max = ZAB_N_CHOKE_GROUPS } }, .apply = apply_choke },
  { "exclusive", FALSE, 1, { SWITCH }, .apply = apply_exclusive },
  { "attack", TRUE, 1, { { .max = 10000 } }, .param = ZAB_PARAM_ATTACK },
  { "release-time", TRUE, 1, { { .max = 10000 } }, .param = ZAB_PARAM_RELEASE },
  { "region", TRUE, 2, { FRAME, FRAME }, .apply = apply_region },
  { "loop-range", TRUE, 2, { FRAME, FRAME }, .apply = apply_loop_range },
  { "crossfade", TRUE, 1, { { .max = 100 } }, .param = ZAB_PARAM_CROSSFADE },
  { "ping-pong", TRUE, 1, { SWITCH }, .apply = apply_ping_pong },
  { "reverse", TRUE, 1, { SWITCH }, .apply = apply_reverse },
  { "pan", TRUE, 1, { { .min = -1, .max = 1 } }, .param = ZAB_PARAM_PAN },
  { "mute", TRUE, 1, { SWITCH }, .param = ZAB_PARAM_MUTE },
  { "solo", TRUE, 1, { SWITCH }, .param = ZAB_PARAM_SOLO },
  { "eq-low", TRUE, 1, { { .max = 4 } }, .param = ZAB_PARAM_EQ_LOW },
  { "eq-mid", TRUE, 1, { { .max = 4 } }, .param = ZAB_PARAM_EQ_MID },
  { "eq-high", TRUE, 1, { { .max = 4 } }, .param = ZAB_PARAM_EQ_HIGH },
  { "limiter", FALSE, 1, { SWITCH }, .param = ZAB_PARAM_LIMITER },
  { "speed", TRUE, 1, { { .min = 0.25, .max = 4 } }, .param = ZAB_PARAM_SPEED },
  { "speed-all", FALSE, 1, { { .min = 0.25, .max = 4 } }, .param = ZAB_PARAM_SPEED },
  { "quality", FALSE, 1, { { .words = { "normal", "high" } } }, .apply = apply_quality },
  { "transport", FALSE, 1, { { .words = { "stop", "start" } } }, .apply = apply_transport },
  { "tempo", FALSE, 1, { { .min = 20, .max = 999 } }, .apply = apply_tempo },
  { "metre",
    FALSE,
    2,
    { { .min = 1, .max = 32 }, { .words = { "1", "2", "4", "8", "16" } } },
    .apply = apply_metre },
  { "quantise", FALSE, 1, { { .words = { GRID } } }, .apply = apply_quantise },
  { "pad-quantise", TRUE, 1, { { .words = { "follow", GRID } } }, .apply = apply_pad_quantise },
  { .name = "meter", .has_pad = TRUE, .apply = apply_meter },
  { .name = "meter-all", .apply = apply_meter_all },
};

gboolean
zab_render_setting_find (const char *name, ZabRenderSetting *setting)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_strcmp0 (name, settings[i].name) == 0)
      {
        *setting = (ZabRenderSetting){ .setting = i };
        return TRUE;
      }
  return FALSE;
}

/* "a|b|c", or "0..8". */
static char *
describe_value (const Value *value)
{
  return value->words[0] != NULL ? g_strjoinv ("|", (char **)value->words)
                                 : g_strdup_printf ("%.10g..%.10g", value->min, value->max);
}

static gboolean
parse_value (const Value *self, const char *word, double *value, GError **error)
{
  g_autofree char *expected = NULL;
  char            *end = NULL;

  for (guint i = 0; word != NULL && i < MAX_WORDS && self->words[i] != NULL; i++)
    if (g_str_equal (word, self->words[i]))
      {
        *value = i;
        return TRUE;
      }
  if (word != NULL && self->words[0] == NULL)
    {
      *value = g_ascii_strtod (word, &end);
      if (end != word && *end == '\0' && *value >= self->min && *value <= self->max)
        return TRUE;
    }
  expected = describe_value (self);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _ ("“%s” is none of %s"), word != NULL ? word : "", expected);
  return FALSE;
}

gboolean
zab_render_setting_parse (ZabRenderSetting *setting, char **words, GError **error)
{
  const Setting *row = &settings[setting->setting];
  const Value    pad = { .max = ZAB_N_PADS - 1 };
  double         number = 0;

  if (row->has_pad && !parse_value (&pad, *words, &number, error))
    return FALSE;
  setting->pad = (guint)number;
  words += row->has_pad;
  for (guint i = 0; i < row->n_values; i++)
    if (!parse_value (&row->values[i], *words, &setting->values[i], error))
      return FALSE;
    else
      words++;
  if (*words == NULL)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("“%s” is one word too many"), *words);
  return FALSE;
}

void
zab_render_setting_apply (const ZabRenderSetting *setting, ZabEngine *engine)
{
  const Setting *row = &settings[setting->setting];

  if (row->apply != NULL)
    row->apply (engine, setting->pad, setting->values);
  else if (row->has_pad)
    zab_engine_set_pad_param (engine, setting->pad, row->param, (float)setting->values[0]);
  else
    zab_engine_set_master_param (engine, row->param, (float)setting->values[0]);
}

char *
zab_render_setting_describe (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_string_append_printf (text, "\n  %s%s", settings[i].name,
                              settings[i].has_pad ? " PAD" : "");
      for (guint k = 0; k < settings[i].n_values; k++)
        {
          g_autofree char *value = describe_value (&settings[i].values[k]);

          g_string_append_printf (text, " %s", value);
        }
    }
  return g_string_free (text, FALSE);
}
