/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-engine-audition.h"
#include "engine/zab-engine-private.h"

#include "engine/output/zab-rt-memory.h"

enum
{
  FALLBACK_RATE = 48000, /* Hz, to load for while there is no graph to ask */
  COLLECT_MS = 50,       /* how often to look for samples that are due back */
  MAX_WORKERS = 2,       /* processes that load */

  /* Until the mixer has every knob that there is. */
  N_ROUNDS = (ZAB_MASTER + 1) * ZAB_N_PARAMS / ZAB_MAX_CHANGES + 1,
};

G_DEFINE_FINAL_TYPE (ZabEngine, zab_engine, G_TYPE_OBJECT)

enum
{
  PROP_OUTPUT_STATE = 1,
  PROP_RATE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
guint              zab_engine_loader_event_signal;

/* --- Samples that come back ------------------------------------------------------------------ */

static void
free_samples (gpointer samples)
{
  while (samples != NULL)
    {
      ZabSample *next = ((ZabSample *)samples)->next_retired;

      zab_sample_unref (samples);
      samples = next;
    }
}

static void
free_samples_in_thread (GTask *task, gpointer source, gpointer samples, GCancellable *cancellable)
{
  free_samples (samples);
  g_task_return_boolean (task, TRUE);
}

/* Unmapping minutes of audio takes longer than a frame of the window. */
static void
free_samples_later (ZabSample *samples)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, samples, NULL);
  g_task_run_in_thread (task, free_samples_in_thread);
}

void
zab_engine_collect_retired (ZabEngine *self)
{
  ZabSample *retired = zab_mixer_take_retired (self->mixer);

  for (ZabSample *sample = retired; sample != NULL; sample = sample->next_retired)
    self->n_samples--;
  if (retired != NULL)
    free_samples_later (retired);
}

static guint
count_loaded_pads (ZabEngine *self)
{
  guint n = 0;

  for (guint i = 0; i < ZAB_N_SLOTS; i++)
    n += self->pads[i].sample != NULL;
  return n;
}

static gboolean
on_collect (gpointer data)
{
  ZabEngine *self = data;

  zab_engine_collect_retired (self);
  if (self->n_samples > count_loaded_pads (self))
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->collect_source, g_source_unref);
  return G_SOURCE_REMOVE;
}

/* The audio thread never wakes anyone: look now and then while a sample is due back. */
void
zab_engine_expect_retired (ZabEngine *self)
{
  if (self->collect_source != NULL)
    return;
  self->collect_source = g_timeout_source_new (COLLECT_MS);
  g_source_set_callback (self->collect_source, on_collect, self, NULL);
  g_source_attach (self->collect_source, self->context);
}

/* --- Output ---------------------------------------------------------------------------------- */

static void
load_all_again (ZabEngine *self)
{
  for (guint i = 0; i < ZAB_N_PADS; i++)
    if (self->pads[i].file != NULL && self->pads[i].request == NULL)
      zab_engine_load_sample_async (self, i, self->pads[i].file, NULL, NULL, NULL);
  if (self->pads[ZAB_PREVIEW].sample != NULL)
    zab_engine_stop_audition (self); /* its frames are of the old rate */
}

static guint
wanted_rate (ZabEngine *self)
{
  const guint          rate = zab_output_get_rate (self->output);
  const ZabOutputState state = zab_output_get_state (self->output);

  if (rate > 0 || self->rate > 0)
    return rate > 0 ? rate : self->rate;
  return state == ZAB_OUTPUT_NO_DAEMON || state == ZAB_OUTPUT_NO_DEVICE ? FALLBACK_RATE : 0;
}

static void
on_output_changed (gpointer data)
{
  ZabEngine  *self = data;
  const guint old_rate = self->rate;

  if (self->output == NULL)
    return; /* still being made */
  if (self->state != zab_output_get_state (self->output))
    {
      self->state = zab_output_get_state (self->output);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OUTPUT_STATE]);
    }
  self->rate = wanted_rate (self);
  if (self->rate == old_rate)
    return;
  zab_loader_set_rate (self->loader, self->rate);
  load_all_again (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RATE]);
}

ZabOutputState
zab_engine_get_output_state (ZabEngine *self)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), ZAB_OUTPUT_OFFLINE);
  return self->state;
}

guint
zab_engine_get_rate (ZabEngine *self)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), 0);
  return self->rate;
}

void
zab_engine_read_deadline (ZabEngine *self, ZabDeadlineReading *reading)
{
  *reading = (ZabDeadlineReading){ 0 };
  g_return_if_fail (ZAB_IS_ENGINE (self));
  if (self->output != NULL)
    zab_output_read_deadline (self->output, reading);
}

void
zab_engine_get_pad_activity (ZabEngine *self, guint pad, ZabPadActivity *activity)
{
  const ZabSample *sample;

  g_return_if_fail (ZAB_IS_ENGINE (self));
  g_return_if_fail (pad < ZAB_N_PADS);
  *activity = (ZabPadActivity){ 0 };
  if (self->mixer == NULL)
    return;
  activity->start = zab_mixer_get_newest (self->mixer, pad);
  activity->waiting = zab_mixer_get_waits (self->mixer, pad);
  if (zab_mixer_get_n_voices (self->mixer, pad) == 0)
    return;
  sample = self->pads[pad].sample;
  activity->playing = TRUE;
  activity->fading = zab_mixer_get_n_sounding (self->mixer, pad) == 0;
  if (sample != NULL && sample->n_frames > 0)
    activity->position = CLAMP (
        (double)zab_mixer_get_position (self->mixer, pad) / (double)sample->n_frames, 0.0, 1.0);
}

guint
zab_engine_get_pad_rate (ZabEngine *self, guint pad)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), 0);
  g_return_val_if_fail (pad < ZAB_N_PADS, 0);
  return self->pads[pad].sample != NULL ? self->pads[pad].sample->rate : 0;
}

void
zab_engine_apply_commands (ZabEngine *self)
{
  g_return_if_fail (ZAB_IS_ENGINE (self));
  g_return_if_fail (self->output == NULL && self->mixer != NULL);
  for (guint i = 0; i < N_ROUNDS; i++)
    zab_mixer_apply_commands (self->mixer);
}

void
zab_engine_render (ZabEngine *self, float *out, guint n_frames)
{
  g_return_if_fail (ZAB_IS_ENGINE (self));
  g_return_if_fail (self->output == NULL && self->mixer != NULL);
  /* All knobs on the frame that they are turned on: a block takes so many and no more, and how many
   * blocks there are must change no bit. */
  while (zab_mixer_has_changes (self->mixer))
    zab_mixer_apply_commands (self->mixer);
  zab_mixer_render (self->mixer, out, n_frames);
}

GBytes *
zab_engine_render_bytes (ZabEngine *self, guint n_frames)
{
  const gsize size = 2 * sizeof (float) * n_frames;
  float      *frames = g_malloc (size);

  zab_engine_render (self, frames, n_frames);
  return g_bytes_new_take (frames, size);
}

const ZabSample *
zab_engine_peek_sample (ZabEngine *self, guint pad)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), NULL);
  g_return_val_if_fail (pad < ZAB_N_PADS, NULL);
  return self->pads[pad].sample;
}

/* What the pad has here has not been taken away from the mixer: it is not on its way back. */
const ZabSample *
zab_engine_ref_sample (ZabEngine *self, guint pad)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), NULL);
  g_return_val_if_fail (pad < ZAB_N_PADS, NULL);
  return self->pads[pad].sample != NULL ? zab_sample_ref (self->pads[pad].sample) : NULL;
}

/* --- The object ------------------------------------------------------------------------------ */

/* One for each core, and two at the most: the sound and the window come first. */
static void
start_workers (ZabEngine *self)
{
  g_autofree char *program = zab_worker_pool_find_program ();
  const guint      n_workers = MIN (g_get_num_processors (), MAX_WORKERS);

  if (program != NULL)
    zab_loader_set_workers (self->loader, zab_worker_pool_new (program, n_workers, NULL));
}

static ZabEngine *
engine_new (guint rate)
{
  ZabEngine *self = g_object_new (ZAB_TYPE_ENGINE, NULL);

  self->context = g_main_context_ref_thread_default ();
  if (!g_main_context_acquire (self->context))
    g_error ("The engine's main context belongs to another thread");
  self->memory = zab_sample_memory_new (0);
  self->loader = zab_loader_new (self->memory, self->context, zab_engine_on_loader_notify, self);
  start_workers (self);
  self->mixer = zab_rt_memory_new (sizeof *self->mixer);
  self->rate = rate;
  zab_mixer_init (self->mixer, rate > 0 ? rate : FALLBACK_RATE);
  zab_loader_set_rate (self->loader, rate);
  return self;
}

ZabEngine *
zab_engine_new_offline (guint rate)
{
  g_return_val_if_fail (rate > 0, NULL);
  return engine_new (rate);
}

ZabEngine *
zab_engine_new (void)
{
  ZabEngine *self = engine_new (0);

  self->output = zab_output_new (self->mixer, self->context, on_output_changed, self);
  on_output_changed (self);
  return self;
}

void
zab_engine_shut_down (ZabEngine *self)
{
  g_return_if_fail (ZAB_IS_ENGINE (self));
  if (self->loader == NULL || self->is_shut_down)
    return;
  self->is_shut_down = TRUE;
  zab_engine_cancel_all_loads (self);
  zab_engine_return_cancelled (self);
  g_clear_pointer (&self->loader, zab_loader_free);
  g_clear_pointer (&self->output, zab_output_free);
  if (self->collect_source != NULL)
    g_source_destroy (self->collect_source);
  g_clear_pointer (&self->collect_source, g_source_unref);
  zab_mixer_drain (self->mixer);
  free_samples (zab_mixer_take_retired (self->mixer));
  for (guint i = 0; i < ZAB_N_SLOTS; i++)
    {
      g_clear_object (&self->pads[i].file);
      self->pads[i].sample = NULL;
    }
  zab_rt_memory_free (g_steal_pointer (&self->mixer), sizeof *self->mixer);
  g_main_context_release (self->context);
}

static void
zab_engine_dispose (GObject *object)
{
  zab_engine_shut_down (ZAB_ENGINE (object));
  G_OBJECT_CLASS (zab_engine_parent_class)->dispose (object);
}

static void
zab_engine_finalize (GObject *object)
{
  ZabEngine *self = ZAB_ENGINE (object);

  g_clear_pointer (&self->memory, zab_sample_memory_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  G_OBJECT_CLASS (zab_engine_parent_class)->finalize (object);
}

static void
zab_engine_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZabEngine *self = ZAB_ENGINE (object);

  if (id == PROP_OUTPUT_STATE)
    g_value_set_enum (value, (int)self->state);
  else
    g_value_set_uint (value, self->rate);
}

static void
zab_engine_class_init (ZabEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = zab_engine_dispose;
  object_class->finalize = zab_engine_finalize;
  object_class->get_property = zab_engine_get_property;

  props[PROP_OUTPUT_STATE]
      = g_param_spec_enum ("output-state", NULL, NULL, ZAB_TYPE_OUTPUT_STATE, ZAB_OUTPUT_OFFLINE,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_RATE] = g_param_spec_uint ("rate", NULL, NULL, 0, G_MAXUINT, 0,
                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  zab_engine_loader_event_signal
      = g_signal_new ("loader-event", ZAB_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, ZAB_TYPE_LOADER_EVENT);
}

static void
zab_engine_init (ZabEngine *self)
{
}

void
zab_engine_set_load_observer (ZabEngine *self, ZabLoadProgressFunc observer, gpointer user_data)
{
  zab_loader_set_observer (self->loader, observer, user_data);
}

void
zab_engine_set_load_workers (ZabEngine *self, ZabWorkerPool *workers)
{
  zab_loader_set_workers (self->loader, workers);
}

guint64
zab_engine_get_memory_used (ZabEngine *self)
{
  return zab_sample_memory_get_used (self->memory);
}
