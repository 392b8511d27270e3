/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-pad.h"

G_BEGIN_DECLS

/* What the pad's own files share, and how the session changes a pad; each setter notifies only on
 * change. Thread: main. */

enum
{
  ZAB_PAD_PROP_INDEX = 1,
  ZAB_PAD_PROP_NAME,
  ZAB_PAD_PROP_FILE,
  ZAB_PAD_PROP_STATE,
  ZAB_PAD_PROP_HAS_SAMPLE,
  ZAB_PAD_PROP_STAGE,
  ZAB_PAD_PROP_FRACTION,
  ZAB_PAD_PROP_ERROR,
  ZAB_PAD_PROP_WARNING,
  ZAB_PAD_PROP_DURATION,
  ZAB_PAD_PROP_PEAKS,
  ZAB_PAD_PROP_PLAYING,
  ZAB_PAD_PROP_POSITION,
  ZAB_PAD_PROP_MISSING,
  ZAB_PAD_PROP_FADING,
  ZAB_PAD_PROP_ARMED,
  ZAB_PAD_PROP_MODE, /* from here on: numbers */
  ZAB_PAD_PROP_LOOP,
  ZAB_PAD_PROP_RETRIGGER,
  ZAB_PAD_PROP_QUANTISE,
  ZAB_PAD_PROP_CHOKE,
  ZAB_PAD_PROP_GAIN,
  ZAB_PAD_PROP_PAN,
  ZAB_PAD_PROP_SPEED,
  ZAB_PAD_PROP_EQ_LOW,
  ZAB_PAD_PROP_EQ_MID,
  ZAB_PAD_PROP_EQ_HIGH,
  ZAB_PAD_PROP_MUTE,
  ZAB_PAD_PROP_SOLO,
  ZAB_PAD_PROP_ATTACK,
  ZAB_PAD_PROP_RELEASE,
  ZAB_PAD_PROP_CROSSFADE,
  ZAB_PAD_PROP_START,
  ZAB_PAD_PROP_END,
  ZAB_PAD_PROP_LOOP_START,
  ZAB_PAD_PROP_LOOP_END,
  ZAB_PAD_PROP_PING_PONG,
  ZAB_PAD_PROP_REVERSE,
  ZAB_PAD_PROP_COLOR,
  ZAB_PAD_PROP_TEMPO,
  ZAB_PAD_N_PROPS,
  ZAB_PAD_N_NUMBERS = ZAB_PAD_N_PROPS - ZAB_PAD_PROP_MODE
};

struct _ZabPad
{
  GObject parent_instance;

  guint       index;
  char        label[4];
  char       *name;
  GFile      *file;   /* loading, failed or loaded */
  GFile      *loaded; /* what sounds */
  GFile      *kept;   /* what the set remembers when no load is under way */
  char       *kept_name;
  double      kept_tempo; /* while another file loads, or has failed to */
  ZabPadState state;
  char       *stage;
  double      fraction;
  char       *error;
  char       *warning;
  double      duration; /* seconds */
  ZabPeaks   *peaks;
  gboolean    playing;
  double      position;
  gboolean    missing;
  gboolean    fading;
  gboolean    armed;
  float       peak;
  float       rms;
  double      numbers[ZAB_PAD_N_NUMBERS]; /* the settings that are numbers */
};

void        zab_pad_notify (ZabPad *self, guint prop);
GParamSpec *zab_pad_get_spec (guint prop);

ZabPad *zab_pad_new (guint index);

/* A load of @file has been asked for; it waits. */
void zab_pad_begin_load (ZabPad *self, GFile *file);

/* The same for a file that the set remembers: it stays the pad's, whether it loads or not. @name:
 * of the sound, or NULL for the file's own. The pad has no sound. */
void zab_pad_begin_restore (ZabPad *self, GFile *file, const char *name);

/* @stage: translated; @fraction: 0..1, or -1 where it is not known. */
void zab_pad_set_progress (ZabPad *self, const char *stage, double fraction);

/* The file of begin_load () is on the pad. @warning: or NULL. */
void zab_pad_end_load (ZabPad *self, double duration, const char *warning);

/* It is not, because of @error; the pad keeps the sound it had. @missing: there is no such file. */
void zab_pad_fail_load (ZabPad *self, const char *error, gboolean missing);

/* As if begin_load () or fail_load () had never been; a file that was to be restored and is not has
 * failed. */
void zab_pad_revert_load (ZabPad *self);

/* Of the sound that is on the pad; NULL: not known yet. */
void zab_pad_set_peaks (ZabPad *self, ZabPeaks *peaks);

/* The musician has seen what is wrong with the sound. */
void zab_pad_forget_warning (ZabPad *self);

void zab_pad_clear (ZabPad *self);

/* What a pad does at a moment. */
typedef struct
{
  gboolean playing;
  gboolean fading;
  gboolean armed;
  double   position;
  float    peak;
  float    rms;
} ZabPadSound;

/* TRUE where playing has changed. */
gboolean zab_pad_set_activity (ZabPad *self, const ZabPadSound *sound);

/* zab-pad-settings.c. @props: the class's. */
void zab_pad_init_numbers (ZabPad *self);
void zab_pad_add_numbers (GParamSpec **props);
void zab_pad_set_number (ZabPad *self, guint prop, double number);

/* The file whose sound is on the pad; NULL when there is none. get_file () may already be the next.
 */
GFile *zab_pad_get_loaded_file (ZabPad *self);

/* What a set remembers: the file that sounds or is to sound, also when the load of another one has
 * failed, and its name. NULL, "" on an empty pad. */
GFile      *zab_pad_get_kept_file (ZabPad *self);
const char *zab_pad_get_kept_name (ZabPad *self);

G_END_DECLS
