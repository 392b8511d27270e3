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
  facts.loop = TRUE;
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/pad-view/empty", test_empty);
  g_test_add_func ("/ui/pad-view/loading", test_loading);
  g_test_add_func ("/ui/pad-view/ready", test_ready);
  g_test_add_func ("/ui/pad-view/failed", test_failed);
  return g_test_run ();
}
