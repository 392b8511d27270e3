/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-pad-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

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
    .tempo = zab_pad_get_tempo (pad),
    .missing = zab_pad_get_missing (pad),
    .playing = zab_pad_get_playing (pad),
    .fading = zab_pad_get_fading (pad),
    .armed = zab_pad_get_armed (pad),
    .mute = zab_pad_get_mute (pad),
    .mode = zab_pad_get_mode (pad),
    .color = zab_pad_get_color (pad),
  };
}

guint
zab_pad_view_count_bars (double duration, double tempo, double bar_beats)
{
  const double bars = bar_beats > 0 ? duration * tempo / 60 / bar_beats : 0;

  return bars > 0.5 && fabs (bars - round (bars)) < 0.03 ? (guint)round (bars) : 0;
}

static const char *
get_css_class (const ZabPadFacts *facts)
{
  if (facts->state == ZAB_PAD_FAILED && facts->missing)
    return "missing";
  return zab_pad_type_get_nick (ZAB_TYPE_PAD_STATE, facts->state);
}

static const char *
get_color_class (ZabPadColor color)
{
  return color != ZAB_PAD_COLOR_NONE ? zab_pad_type_get_nick (ZAB_TYPE_PAD_COLOR, (int)color)
                                     : NULL;
}

static const char *
get_mode_icon (const ZabPadFacts *facts)
{
  if (facts->state == ZAB_PAD_EMPTY || (facts->state == ZAB_PAD_FAILED && !facts->has_sample))
    return NULL;
  switch (facts->mode)
    {
    case ZAB_PAD_MODE_ONE_SHOT:
      return "zab-one-shot-symbolic";
    case ZAB_PAD_MODE_GATE:
      return "zab-gate-symbolic";
    case ZAB_PAD_MODE_TOGGLE:
      return "zab-toggle-symbolic";
    case ZAB_PAD_MODE_LOOP:
      return "media-playlist-repeat-symbolic";
    }
  g_return_val_if_reached (NULL);
}

static const char *
get_state_icon (const ZabPadFacts *facts)
{
  if (facts->armed)
    return "zab-armed-symbolic";
  if (facts->fading)
    return "zab-fading-symbolic";
  if (facts->mute && facts->has_sample)
    return "audio-volume-muted-symbolic";
  return facts->playing ? "media-playback-start-symbolic" : NULL;
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

/* What its load does or did, in the middle of a sentence; NULL where nothing is to be said. */
static const char *
get_load_word (const ZabPadFacts *facts)
{
  switch (facts->state)
    {
    case ZAB_PAD_EMPTY:
      return C_ ("pad state", "empty");
    case ZAB_PAD_WAITING:
      return C_ ("pad state", "waiting to load");
    case ZAB_PAD_LOADING:
      return C_ ("pad state", "loading");
    case ZAB_PAD_READY:
      return NULL;
    case ZAB_PAD_FAILED:
      return facts->missing ? C_ ("pad state", "missing") : C_ ("pad state", "failed");
    }
  g_return_val_if_reached (NULL);
}

/* What it does on stage, likewise. */
static const char *
get_play_word (const ZabPadFacts *facts)
{
  if (facts->fading)
    return C_ ("pad state", "fading");
  return facts->playing ? C_ ("pad state", "playing") : NULL;
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
dup_length (const ZabPadFacts *facts)
{
  g_autofree char *duration = dup_duration (facts->duration);

  if (facts->tempo <= 0)
    return g_steal_pointer (&duration);
  /* Translators: how long a sound lasts, and its tempo in beats a minute: "4.0 s · 120 BPM". */
  return g_strdup_printf (_ ("%s · %.4g BPM"), duration, facts->tempo);
}

static char *
dup_ready_status (const ZabPadFacts *facts)
{
  if (facts->armed)
    return g_strdup (C_ ("pad status", "Armed"));
  if (facts->fading)
    return g_strdup (C_ ("pad status", "Fading"));
  if (facts->mute)
    return g_strdup (C_ ("pad status", "Muted"));
  return facts->playing ? g_strdup (C_ ("pad status", "Playing")) : dup_length (facts);
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
      return dup_ready_status (facts);
    case ZAB_PAD_FAILED:
      return facts->missing ? g_strdup (C_ ("pad status", "Missing"))
                            : g_strdup (C_ ("pad status", "Failed"));
    }
  g_return_val_if_reached (g_strdup (""));
}

static char *
dup_brief (const ZabPadFacts *facts)
{
  if (facts->state == ZAB_PAD_LOADING && facts->fraction >= 0)
    /* Translators: how much of a sound is loaded. */
    return g_strdup_printf (_ ("%d %%"), get_percent (facts));
  if (facts->state == ZAB_PAD_READY && !get_state_icon (facts))
    return dup_duration (facts->duration);
  return dup_status (facts);
}

char *
zab_pad_view_dup_label (const ZabPadFacts *facts)
{
  const char *load = get_load_word (facts), *play = get_play_word (facts);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  /* Translators: read aloud, as in "Pad A3, Amen break, playing, bar 2 of 4". */
  g_ptr_array_add (words, g_strdup_printf (_ ("Pad %s"), facts->label));
  if (facts->name && *facts->name)
    g_ptr_array_add (words, g_strdup (facts->name));
  if (load)
    g_ptr_array_add (words, g_strdup (load));
  if (play)
    g_ptr_array_add (words, g_strdup (play));
  if (facts->playing && facts->n_bars > 1)
    /* Translators: read aloud. How far a sound is: "bar 2 of 4". */
    g_ptr_array_add (words, g_strdup_printf (_ ("bar %u of %u"), facts->bar, facts->n_bars));
  if (facts->mute && facts->has_sample)
    g_ptr_array_add (words, g_strdup (C_ ("pad state", "muted")));
  if (facts->armed)
    g_ptr_array_add (words, g_strdup (C_ ("pad state", "armed")));
  else if (!load && !play)
    g_ptr_array_add (words, g_strdup (C_ ("pad state", "ready")));
  if (facts->selected)
    g_ptr_array_add (words, g_strdup (C_ ("pad state", "selected")));
  if (facts->drop_target)
    g_ptr_array_add (words, g_strdup (C_ ("pad state", "drop here")));
  g_ptr_array_add (words, NULL);
  /* Translators: between the parts of what is read aloud of a pad. */
  return g_strjoinv (C_ ("pad state", ", "), (char **)words->pdata);
}

static const char *
get_mode_word (ZabPadMode mode)
{
  switch (mode)
    {
    case ZAB_PAD_MODE_ONE_SHOT:
      return NULL;
    case ZAB_PAD_MODE_GATE:
      return C_ ("pad kind", "Gate");
    case ZAB_PAD_MODE_TOGGLE:
      return C_ ("pad kind", "Toggle");
    case ZAB_PAD_MODE_LOOP:
      return C_ ("pad kind", "Loop");
    }
  g_return_val_if_reached (NULL);
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
  return facts->state == ZAB_PAD_READY ? g_strdup (get_mode_word (facts->mode)) : NULL;
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
    .css_class = get_css_class (facts),
    .color_class = facts->state == ZAB_PAD_EMPTY ? NULL : get_color_class (facts->color),
    .mode_icon = get_mode_icon (facts),
    .state_icon = get_state_icon (facts),
    .corner = get_corner (facts),
    .fill = facts->state == ZAB_PAD_LOADING ? CLAMP (facts->fraction, 0, 1) : 0,
    .status = dup_status (facts),
    .brief = dup_brief (facts),
    .label = zab_pad_view_dup_label (facts),
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
