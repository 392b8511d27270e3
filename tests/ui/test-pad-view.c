/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ui/zab-pad-view.h"

typedef struct
{
  ZabPadFacts  facts;
  const char  *css_class;
  ZabPadCorner corner;
  double       fill;
  const char  *status;
  const char  *brief;
  const char  *label;
  const char  *description;
  const char  *tooltip;
} Row;

static void
check (const Row *row)
{
  g_auto (ZabPadView) view = { 0 };

  zab_pad_view_init (&view, &row->facts);
  g_assert_cmpstr (view.css_class, ==, row->css_class);
  g_assert_cmpint (view.corner, ==, row->corner);
  g_assert_cmpfloat_with_epsilon (view.fill, row->fill, 1e-9);
  g_assert_cmpstr (view.status, ==, row->status);
  g_assert_cmpstr (view.brief, ==, row->brief ? row->brief : row->status);
  g_assert_cmpstr (view.label, ==, row->label);
  g_assert_cmpstr (view.description, ==, row->description);
  g_assert_cmpstr (view.tooltip, ==, row->tooltip);
}

static void
test_empty (void)
{
  check (&(Row){ .facts = { .label = "A3", .name = "", .state = ZAB_PAD_EMPTY, .fraction = -1 },
                 .css_class = "empty",
                 .status = "",
                 .label = "Pad A3, empty",
                 .description = "" });
  check (&(Row){
      .facts = { .label = "A3", .name = "", .state = ZAB_PAD_EMPTY, .fraction = -1, .cap = "3" },
      .css_class = "empty",
      .status = "",
      .label = "Pad A3, empty",
      .description = "Key 3" });
}

static void
test_loading (void)
{
  ZabPadFacts facts = { .label = "B1", .name = "Kick", .state = ZAB_PAD_WAITING, .fraction = -1 };

  check (&(Row){ .facts = facts,
                 .css_class = "waiting",
                 .corner = ZAB_PAD_CORNER_CANCEL,
                 .status = "Waiting",
                 .label = "Pad B1, Kick, waiting to load",
                 .description = "",
                 .tooltip = "Kick" });
  facts.state = ZAB_PAD_LOADING;
  facts.stage = "Reading";
  check (&(Row){ .facts = facts,
                 .css_class = "loading",
                 .corner = ZAB_PAD_CORNER_CANCEL,
                 .status = "Reading",
                 .label = "Pad B1, Kick, loading",
                 .description = "Reading",
                 .tooltip = "Kick" });
  facts.stage = "Decoding";
  facts.fraction = 0.339;
  facts.cap = "Q";
  check (&(Row){ .facts = facts,
                 .css_class = "loading",
                 .corner = ZAB_PAD_CORNER_CANCEL,
                 .fill = 0.339,
                 .status = "Decoding 33 %",
                 .brief = "33 %",
                 .label = "Pad B1, Kick, loading",
                 .description = "Key Q. Decoding 30 %",
                 .tooltip = "Kick" });
  facts.playing = facts.has_sample = TRUE;
  facts.fraction = 0.9999;
  check (&(Row){ .facts = facts,
                 .css_class = "loading",
                 .corner = ZAB_PAD_CORNER_CANCEL,
                 .fill = 0.9999,
                 .status = "Decoding 99 %",
                 .brief = "99 %",
                 .label = "Pad B1, Kick, loading, playing",
                 .description = "Key Q. Decoding 90 %",
                 .tooltip = "Kick" });
}

static void
test_ready (void)
{
  ZabPadFacts facts = { .label = "F36",
                        .name = "Amen break",
                        .state = ZAB_PAD_READY,
                        .has_sample = TRUE,
                        .fraction = -1,
                        .duration = 2.25 };

  check (&(Row){ .facts = facts,
                 .css_class = "ready",
                 .status = "2.2 s",
                 .label = "Pad F36, Amen break, ready",
                 .description = "",
                 .tooltip = "Amen break" });
  facts.duration = 83.6;
  facts.mode = ZAB_PAD_MODE_LOOP;
  check (&(Row){ .facts = facts,
                 .css_class = "ready",
                 .status = "1:24",
                 .label = "Pad F36, Amen break, ready",
                 .description = "Loop",
                 .tooltip = "Amen break" });
  facts.playing = TRUE;
  facts.warning = "“Amen break.wav” is cut off";
  check (&(Row){ .facts = facts,
                 .css_class = "ready",
                 .corner = ZAB_PAD_CORNER_PROBLEM,
                 .status = "Playing",
                 .label = "Pad F36, Amen break, playing",
                 .description = "“Amen break.wav” is cut off",
                 .tooltip = "Amen break\n“Amen break.wav” is cut off" });
}

static void
test_failed (void)
{
  ZabPadFacts facts = { .label = "C2",
                        .name = "Bass",
                        .state = ZAB_PAD_FAILED,
                        .fraction = -1,
                        .error = "“Bass.wav” is damaged" };

  check (&(Row){ .facts = facts,
                 .css_class = "failed",
                 .corner = ZAB_PAD_CORNER_PROBLEM,
                 .status = "Failed",
                 .label = "Pad C2, Bass, failed",
                 .description = "“Bass.wav” is damaged",
                 .tooltip = "“Bass.wav” is damaged" });
  facts.playing = facts.has_sample = TRUE;
  check (&(Row){ .facts = facts,
                 .css_class = "failed",
                 .corner = ZAB_PAD_CORNER_PROBLEM,
                 .status = "Failed",
                 .label = "Pad C2, Bass, failed, playing",
                 .description = "“Bass.wav” is damaged",
                 .tooltip = "“Bass.wav” is damaged" });
}

/* What a pad does on stage is told by icon, small line and word. */
static void
check_stage (const ZabPadFacts *facts, const char *icon, const char *status, const char *label)
{
  g_auto (ZabPadView) view = { 0 };

  zab_pad_view_init (&view, facts);
  g_assert_cmpstr (view.state_icon, ==, icon);
  g_assert_cmpstr (view.status, ==, status);
  g_assert_cmpstr (view.label, ==, label);
}

static void
test_stage (void)
{
  ZabPadFacts facts = { .label = "A3",
                        .name = "Amen break",
                        .state = ZAB_PAD_READY,
                        .has_sample = TRUE,
                        .fraction = -1,
                        .duration = 8,
                        .tempo = 120 };

  check_stage (&facts, NULL, "8.0 s · 120 BPM", "Pad A3, Amen break, ready");
  facts.armed = TRUE;
  check_stage (&facts, "zab-armed-symbolic", "Armed", "Pad A3, Amen break, armed");
  facts.playing = TRUE;
  facts.bar = 2;
  facts.n_bars = 4;
  check_stage (&facts, "zab-armed-symbolic", "Armed",
               "Pad A3, Amen break, playing, bar 2 of 4, armed");
  facts.armed = FALSE;
  check_stage (&facts, "media-playback-start-symbolic", "Playing",
               "Pad A3, Amen break, playing, bar 2 of 4");
  facts.n_bars = 1;
  facts.fading = TRUE;
  check_stage (&facts, "zab-fading-symbolic", "Fading", "Pad A3, Amen break, fading");
  facts.playing = facts.fading = FALSE;
  facts.mute = TRUE;
  check_stage (&facts, "audio-volume-muted-symbolic", "Muted", "Pad A3, Amen break, muted, ready");
  facts.mute = FALSE;
  facts.selected = TRUE;
  check_stage (&facts, NULL, "8.0 s · 120 BPM", "Pad A3, Amen break, ready, selected");
}

static void
test_missing (void)
{
  ZabPadFacts facts = { .label = "C2",
                        .name = "Bass",
                        .state = ZAB_PAD_FAILED,
                        .missing = TRUE,
                        .fraction = -1,
                        .error = "“Bass.wav” is not there" };

  check (&(Row){ .facts = facts,
                 .css_class = "missing",
                 .corner = ZAB_PAD_CORNER_PROBLEM,
                 .status = "Missing",
                 .label = "Pad C2, Bass, missing",
                 .description = "“Bass.wav” is not there",
                 .tooltip = "“Bass.wav” is not there" });
}

static void
test_modes (void)
{
  static const struct
  {
    ZabPadMode  mode;
    const char *icon;
    const char *description;
  } rows[] = { { ZAB_PAD_MODE_ONE_SHOT, "zab-one-shot-symbolic", "" },
               { ZAB_PAD_MODE_GATE, "zab-gate-symbolic", "Gate" },
               { ZAB_PAD_MODE_TOGGLE, "zab-toggle-symbolic", "Toggle" },
               { ZAB_PAD_MODE_LOOP, "media-playlist-repeat-symbolic", "Loop" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ZabPadFacts facts = {
        .label = "A1", .name = "x", .state = ZAB_PAD_READY, .has_sample = TRUE, .mode = rows[i].mode
      };
      g_auto (ZabPadView) view = { 0 };

      zab_pad_view_init (&view, &facts);
      g_assert_cmpstr (view.mode_icon, ==, rows[i].icon);
      g_assert_cmpstr (view.description, ==, rows[i].description);
    }
}

/* Each colour has a class of its own, and none has none. */
static void
test_colors (void)
{
  GEnumClass *colors = g_type_class_ref (ZAB_TYPE_PAD_COLOR);

  for (guint i = 0; i < colors->n_values; i++)
    {
      const GEnumValue *value = &colors->values[i];
      ZabPadFacts       facts = {
              .label = "A1", .name = "x", .state = ZAB_PAD_READY, .color = (ZabPadColor)value->value
      };
      g_auto (ZabPadView) view = { 0 };

      zab_pad_view_init (&view, &facts);
      g_assert_cmpstr (view.color_class, ==,
                       value->value == ZAB_PAD_COLOR_NONE ? NULL : value->value_nick);
    }
  g_type_class_unref (colors);
}

static void
test_bars (void)
{
  g_assert_cmpuint (zab_pad_view_count_bars (8, 120, 4), ==, 4);
  g_assert_cmpuint (zab_pad_view_count_bars (8.01, 120, 4), ==, 4);
  g_assert_cmpuint (zab_pad_view_count_bars (8.3, 120, 4), ==, 0);
  g_assert_cmpuint (zab_pad_view_count_bars (6, 120, 3), ==, 4);
  g_assert_cmpuint (zab_pad_view_count_bars (8, 0, 4), ==, 0);
  g_assert_cmpuint (zab_pad_view_count_bars (0.1, 120, 4), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/pad-view/empty", test_empty);
  g_test_add_func ("/ui/pad-view/loading", test_loading);
  g_test_add_func ("/ui/pad-view/ready", test_ready);
  g_test_add_func ("/ui/pad-view/failed", test_failed);
  g_test_add_func ("/ui/pad-view/stage", test_stage);
  g_test_add_func ("/ui/pad-view/missing", test_missing);
  g_test_add_func ("/ui/pad-view/modes", test_modes);
  g_test_add_func ("/ui/pad-view/colors", test_colors);
  g_test_add_func ("/ui/pad-view/bars", test_bars);
  return g_test_run ();
}
