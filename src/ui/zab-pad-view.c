/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-pad-view.h"

#include <glib/gi18n-lib.h>

void
zab_pad_facts_read (ZabPadFacts *facts, ZabPad *pad)
{
  g_return_if_fail (ZAB_IS_PAD (pad));
  *facts = (ZabPadFacts){
    .label = zab_pad_get_label (pad),
    .name = zab_pad_get_name (pad),
    .state = zab_pad_get_state (pad),
    .has_sample = zab_pad_get_has_sample (pad),
    .stage = zab_pad_get_stage (pad),
    .fraction = zab_pad_get_fraction (pad),
    .error = zab_pad_get_error (pad),
    .warning = zab_pad_get_warning (pad),
    .duration = zab_pad_get_duration (pad),
    .playing = zab_pad_get_playing (pad),
    .loop = zab_pad_get_mode (pad) == ZAB_PAD_MODE_LOOP,
  };
}

static const char *
get_css_class (ZabPadState state)
{
  switch (state)
    {
    case ZAB_PAD_EMPTY:
      return "empty";
    case ZAB_PAD_WAITING:
      return "waiting";
    case ZAB_PAD_LOADING:
      return "loading";
    case ZAB_PAD_READY:
      return "ready";
    case ZAB_PAD_FAILED:
      return "failed";
    }
  g_return_val_if_reached ("empty");
}

static ZabPadCorner
get_corner (const ZabPadFacts *facts)
{
  switch (facts->state)
    {
    case ZAB_PAD_WAITING:
    case ZAB_PAD_LOADING:
      return ZAB_PAD_CORNER_CANCEL;
    case ZAB_PAD_FAILED:
      return ZAB_PAD_CORNER_PROBLEM;
    case ZAB_PAD_READY:
      return facts->warning ? ZAB_PAD_CORNER_PROBLEM : ZAB_PAD_CORNER_NONE;
    case ZAB_PAD_EMPTY:
      return ZAB_PAD_CORNER_NONE;
    }
  g_return_val_if_reached (ZAB_PAD_CORNER_NONE);
}

/* How the state is called in the middle of a sentence. */
static const char *
get_state_word (const ZabPadFacts *facts)
{
  switch (facts->state)
    {
    case ZAB_PAD_EMPTY:
      return C_ ("pad state", "empty");
    case ZAB_PAD_WAITING:
      return facts->playing       ? C_ ("pad state", "waiting to load, playing")
                                  : C_ ("pad state", "waiting to load");
    case ZAB_PAD_LOADING:
      return facts->playing ? C_ ("pad state", "loading, playing") : C_ ("pad state", "loading");
    case ZAB_PAD_READY:
      return facts->playing ? C_ ("pad state", "playing") : C_ ("pad state", "ready");
    case ZAB_PAD_FAILED:
      return facts->playing ? C_ ("pad state", "failed, playing") : C_ ("pad state", "failed");
    }
  g_return_val_if_reached ("");
}

/* Rounded down, so that 100 % is not shown before the end. */
static int
get_percent (const ZabPadFacts *facts)
{
  return (int)(CLAMP (facts->fraction, 0, 1) * 100 + 1e-6);
}

static char *
dup_progress (const char *stage, int percent)
{
  /* Translators: the stage of a load, such as "Decoding", and how far it is. */
  return g_strdup_printf (_ ("%s %d %%"), stage, percent);
}

static char *
dup_duration (double seconds)
{
  int whole = (int)(seconds + 0.5);

  if (seconds < 9.95)
    /* Translators: a duration in seconds. */
    return g_strdup_printf (_ ("%.1f s"), seconds);
  return g_strdup_printf ("%d:%02d", whole / 60, whole % 60);
}

static char *
dup_status (const ZabPadFacts *facts)
{
  switch (facts->state)
    {
    case ZAB_PAD_EMPTY:
      return g_strdup ("");
    case ZAB_PAD_WAITING:
      return g_strdup (C_ ("pad status", "Waiting"));
    case ZAB_PAD_LOADING:
      return facts->fraction < 0 ? g_strdup (facts->stage)
                                 : dup_progress (facts->stage, get_percent (facts));
    case ZAB_PAD_READY:
      return facts->playing ? g_strdup (C_ ("pad status", "Playing"))
                            : dup_duration (facts->duration);
    case ZAB_PAD_FAILED:
      return g_strdup (C_ ("pad status", "Failed"));
    }
  g_return_val_if_reached (g_strdup (""));
}

static char *
dup_brief (const ZabPadFacts *facts)
{
  if (facts->state == ZAB_PAD_LOADING && facts->fraction >= 0)
    /* Translators: how much of a sound is loaded. */
    return g_strdup_printf (_ ("%d %%"), get_percent (facts));
  return dup_status (facts);
}

static char *
dup_label (const ZabPadFacts *facts)
{
  const char *state = get_state_word (facts);

  if (facts->name == NULL || *facts->name == '\0')
    /* Translators: read aloud. Which pad, its state: "Pad A3, empty". */
    return g_strdup_printf (_ ("Pad %s, %s"), facts->label, state);
  /* Translators: read aloud. Which pad, its sound, its state: "Pad A3, Kick, playing". */
  return g_strdup_printf (_ ("Pad %s, %s, %s"), facts->label, facts->name, state);
}

/* In steps of ten per cent: each change goes to the screen reader. */
static char *
dup_details (const ZabPadFacts *facts)
{
  if (facts->state == ZAB_PAD_LOADING && facts->fraction >= 0)
    return dup_progress (facts->stage, get_percent (facts) / 10 * 10);
  if (facts->state == ZAB_PAD_LOADING)
    return g_strdup (facts->stage);
  if (facts->state == ZAB_PAD_FAILED)
    return g_strdup (facts->error);
  if (facts->warning)
    return g_strdup (facts->warning);
  if (facts->state == ZAB_PAD_READY && facts->loop)
    return g_strdup (C_ ("pad kind", "Loop"));
  return NULL;
}

static char *
dup_description (const ZabPadFacts *facts)
{
  g_autofree char *details = dup_details (facts);
  g_autofree char *key = NULL;

  if (facts->cap == NULL || *facts->cap == '\0')
    return g_strdup (details ? details : "");
  /* Translators: read aloud. The key that plays a pad: "Key Q". */
  key = g_strdup_printf (_ ("Key %s"), facts->cap);
  return g_strjoin (". ", key, details, NULL);
}

static char *
dup_tooltip (const ZabPadFacts *facts)
{
  if (facts->state == ZAB_PAD_FAILED && facts->error)
    return g_strdup (facts->error);
  if (facts->warning)
    return g_strdup_printf ("%s\n%s", facts->name, facts->warning);
  if (facts->state == ZAB_PAD_EMPTY)
    return NULL;
  return g_strdup (facts->name);
}

void
zab_pad_view_init (ZabPadView *view, const ZabPadFacts *facts)
{
  *view = (ZabPadView){
    .css_class = get_css_class (facts->state),
    .corner = get_corner (facts),
    .fill = facts->state == ZAB_PAD_LOADING ? CLAMP (facts->fraction, 0, 1) : 0,
    .status = dup_status (facts),
    .brief = dup_brief (facts),
    .label = dup_label (facts),
    .description = dup_description (facts),
    .tooltip = dup_tooltip (facts),
  };
}

void
zab_pad_view_clear (ZabPadView *view)
{
  g_clear_pointer (&view->status, g_free);
  g_clear_pointer (&view->brief, g_free);
  g_clear_pointer (&view->label, g_free);
  g_clear_pointer (&view->description, g_free);
  g_clear_pointer (&view->tooltip, g_free);
}
