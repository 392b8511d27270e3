/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random scripts of timed commands, all features together: the mixer against the reference, sample
 * for sample, and against itself in other block sizes, bit for bit. */
#include <math.h>
#include <string.h>

#include "lib/zab-test.h"
#include "rt/zab-mixer.h"
#include "rt/zab-reference.h"

enum
{
  RATE = 48000,
  N_FRAMES = 60000, /* of a script */
  N_PADS = 10,      /* that it plays */
  N_SAMPLES = 8,
};

typedef struct
{
  ZabSample *samples[N_SAMPLES];
  GArray    *commands; /* in the order of their times; samples by number in value */
} Script;

static ZabSample *
sample_new (GRand *rand, guint rate)
{
  ZabSample   *sample = g_new0 (ZabSample, 1);
  const guint  channels = (guint)g_rand_int_range (rand, 1, 3);
  const guint  n_frames = (guint)g_rand_int_range (rand, 1, 6000);
  const double pitch = g_rand_double_range (rand, 0.001, 0.1);
  float       *frames = g_new (float, n_frames *channels);

  for (guint i = 0; i < n_frames * channels; i++)
    frames[i] = (float)(0.5 * sin (pitch * i + (i % channels)));
  *sample
      = (ZabSample){ .frames = frames, .n_frames = n_frames, .channels = channels, .rate = RATE };
  return sample;
}

static void
sample_free (ZabSample *sample)
{
  g_free ((float *)sample->frames);
  g_free (sample);
}

static void
fill_param (GRand *rand, gboolean all, ZabCommand *command)
{
  /* The last five are tested on their own. */
  static const ZabParam params[]
      = { ZAB_PARAM_GAIN,      ZAB_PARAM_GAIN,   ZAB_PARAM_ATTACK, ZAB_PARAM_RELEASE,
          ZAB_PARAM_CROSSFADE, ZAB_PARAM_PAN,    ZAB_PARAM_PAN,    ZAB_PARAM_MUTE,
          ZAB_PARAM_SOLO,      ZAB_PARAM_SPEED,  ZAB_PARAM_EQ_LOW, ZAB_PARAM_EQ_MID,
          ZAB_PARAM_EQ_HIGH,   ZAB_PARAM_LIMITER };
  const gint     n_params = (gint)G_N_ELEMENTS (params) - (all ? 0 : 5);
  const gboolean coin = g_rand_boolean (rand);

  command->param.id = params[g_rand_int_range (rand, 0, n_params)];
  command->param.value = (float)g_rand_double (rand);
  if (command->param.id == ZAB_PARAM_SPEED)
    command->param.value = coin ? 1 : 4 * command->param.value;
  else if (command->param.id == ZAB_PARAM_PAN)
    command->param.value = 2 * command->param.value - 1;
  else if (command->param.id >= ZAB_PARAM_EQ_LOW && command->param.id <= ZAB_PARAM_EQ_HIGH)
    command->param.value = coin ? 1 : 2 * command->param.value;
  else if (command->param.id >= ZAB_PARAM_MUTE)
    command->param.value = command->param.value < 0.3f;
  else if (command->param.id != ZAB_PARAM_GAIN)
    command->param.value *= 50;
  if (command->param.id == ZAB_PARAM_LIMITER
      || ((command->param.id == ZAB_PARAM_GAIN || command->param.id == ZAB_PARAM_SPEED)
          && g_rand_boolean (rand)))
    command->pad = ZAB_MASTER;
}

static void
fill_command (GRand *rand, gboolean between, ZabCommand *command)
{
  static const ZabCommandType types[] = {
    ZAB_COMMAND_LOAD_SAMPLE,
    ZAB_COMMAND_UNLOAD,
    ZAB_COMMAND_STOP,
    ZAB_COMMAND_STOP_ALL,
    ZAB_COMMAND_SET_MODE,
    ZAB_COMMAND_SET_RETRIGGER,
    ZAB_COMMAND_SET_CHOKE,
    ZAB_COMMAND_SET_EXCLUSIVE,
    ZAB_COMMAND_SET_LOOP,
    ZAB_COMMAND_SET_QUANTISE,
    ZAB_COMMAND_START_TRANSPORT,
    ZAB_COMMAND_STOP_TRANSPORT,
    ZAB_COMMAND_SET_TEMPO,
    ZAB_COMMAND_SET_METRE,
    ZAB_COMMAND_SET_PARAM,
    ZAB_COMMAND_SET_PARAM,
    ZAB_COMMAND_PLAY,
    ZAB_COMMAND_PLAY,
    ZAB_COMMAND_PLAY,
    ZAB_COMMAND_PLAY,
    ZAB_COMMAND_RELEASE,
    ZAB_COMMAND_RELEASE,
    ZAB_COMMAND_SET_PING_PONG,
    ZAB_COMMAND_SET_REVERSE,
    ZAB_COMMAND_SET_REGION,
    ZAB_COMMAND_SET_LOOP_RANGE,
    ZAB_COMMAND_SET_LOOP_RANGE,
    ZAB_COMMAND_SET_PARAM,
    /* Read between frames: the reference knows nothing of that. */
    ZAB_COMMAND_REPLACE_SAMPLE,
    ZAB_COMMAND_SET_QUALITY,
    ZAB_COMMAND_SET_PARAM,
  };
  const gint n_types = (gint)G_N_ELEMENTS (types) - (between ? 0 : 3);

  command->type = types[g_rand_int_range (rand, 0, n_types)];
  command->pad = (guint)g_rand_int_range (rand, 0, N_PADS);
  switch ((int)command->type)
    {
    case ZAB_COMMAND_LOAD_SAMPLE:
    case ZAB_COMMAND_REPLACE_SAMPLE:
      command->value = (guint)g_rand_int_range (rand, 0, N_SAMPLES);
      break;
    case ZAB_COMMAND_PLAY:
      command->velocity = (float)g_rand_double (rand);
      break;
    case ZAB_COMMAND_SET_MODE:
      command->value = (guint)g_rand_int_range (rand, 0, ZAB_LAUNCH_LOOP + 1);
      break;
    case ZAB_COMMAND_SET_CHOKE:
      command->value = (guint)g_rand_int_range (rand, 0, 4);
      break;
    case ZAB_COMMAND_SET_QUANTISE:
      command->pad += g_rand_boolean (rand) ? ZAB_MASTER - command->pad : 0;
      command->value = (guint)g_rand_int_range (rand, 0, ZAB_QUANTISE_1_BAR);
      break;
    case ZAB_COMMAND_SET_TEMPO:
      command->value = (guint)g_rand_int_range (rand, 200000, 900000);
      break;
    case ZAB_COMMAND_SET_REGION:
    case ZAB_COMMAND_SET_LOOP_RANGE:
      command->range.start = (guint)g_rand_int_range (rand, 0, 3000);
      command->range.end
          = g_rand_boolean (rand) ? ZAB_TO_THE_END : (guint)g_rand_int_range (rand, 500, 6000);
      if (command->type == ZAB_COMMAND_SET_LOOP_RANGE && g_rand_int_range (rand, 0, 4) == 0)
        command->range.end = command->range.start + (guint)g_rand_int_range (rand, 1, 20);
      break;
    case ZAB_COMMAND_SET_METRE:
      command->metre.beats = (guint)g_rand_int_range (rand, 1, 9);
      command->metre.unit = 2u << g_rand_int_range (rand, 0, 4);
      break;
    case ZAB_COMMAND_SET_PARAM:
      fill_param (rand, between, command);
      break;
    default:
      command->value = (guint)g_rand_boolean (rand);
    }
}

static void
script_init (Script *self, guint32 seed, gboolean between)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  const guint rates[] = { RATE, 44100, RATE, 96000 };
  guint64     time = 0;

  self->commands = g_array_new (FALSE, TRUE, sizeof (ZabCommand));
  for (guint i = 0; i < N_SAMPLES; i++)
    self->samples[i] = sample_new (rand, between ? rates[i % G_N_ELEMENTS (rates)] : RATE);
  for (guint i = 0; i < N_PADS; i++)
    {
      const ZabCommand load = { .type = ZAB_COMMAND_LOAD_SAMPLE, .pad = i, .value = i % N_SAMPLES };

      g_array_append_val (self->commands, load);
    }
  while (time < N_FRAMES)
    {
      ZabCommand command = { .time = time };

      fill_command (rand, between, &command);
      g_array_append_val (self->commands, command);
      if (g_rand_int_range (rand, 0, 4) > 0) /* some come together */
        time += (guint64)g_rand_int_range (rand, 1, 400);
    }
}

static void
script_clear (Script *self)
{
  g_array_unref (self->commands);
  for (guint i = 0; i < N_SAMPLES; i++)
    sample_free (self->samples[i]);
}

/* The command with its sample: each load has a ZabSample of its own, as pads own them. */
static ZabCommand
command_at (const Script *self, guint i, GPtrArray *copies)
{
  ZabCommand command = g_array_index (self->commands, ZabCommand, i);

  if (command.type == ZAB_COMMAND_LOAD_SAMPLE || command.type == ZAB_COMMAND_REPLACE_SAMPLE)
    {
      ZabSample *copy = g_new (ZabSample, 1);

      *copy = *self->samples[command.value];
      g_ptr_array_add (copies, copy);
      command.sample = copy;
    }
  return command;
}

/* Commands are pushed up to @ahead frames before their block. */
static float *
render (const Script *self, guint block, guint ahead)
{
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func (g_free);
  g_autofree ZabMixer *mixer = g_new0 (ZabMixer, 1);
  float               *out = g_new (float, 2 * N_FRAMES);
  guint                next = 0;

  zab_mixer_init (mixer, RATE);
  g_assert_true (zab_mixer_set_quality (mixer, ZAB_SINC_HIGH)); /* fills its table */
  for (guint now = 0; now < N_FRAMES;)
    {
      const guint n = MIN (block, N_FRAMES - now);

      for (; next < self->commands->len
             && g_array_index (self->commands, ZabCommand, next).time < now + n + ahead;
           next++)
        {
          const ZabCommand command = command_at (self, next, copies);

          g_assert_true (zab_mixer_push (mixer, &command));
        }
      zab_mixer_render (mixer, out + 2 * now, n);
      now += n;
    }
  g_assert_cmpuint (zab_mixer_get_clock (mixer), ==, N_FRAMES);
  zab_mixer_drain (mixer);
  return out;
}

static double *
render_reference (const Script *self)
{
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ZabReference) reference = zab_reference_new (RATE);
  double *out = g_new (double, 2 * N_FRAMES);

  for (guint i = 0; i < self->commands->len; i++)
    {
      const ZabCommand command = command_at (self, i, copies);

      zab_reference_add (reference, &command);
    }
  zab_reference_render (reference, out, N_FRAMES);
  return out;
}

static void
test_random_scripts (void)
{
  double energy = 0;

  for (guint32 seed = 1; seed <= 12; seed++)
    {
      Script             script;
      g_autofree float  *out = NULL;
      g_autofree double *expected = NULL;

      script_init (&script, seed, FALSE);
      out = render (&script, 256, 0);
      expected = render_reference (&script);
      for (guint i = 0; i < 2 * N_FRAMES; i++)
        {
          if (fabs ((double)out[i] - expected[i]) > 4e-6)
            g_error ("seed %u, frame %u: %g instead of %g", seed, i / 2, (double)out[i],
                     expected[i]);
          energy += expected[i] * expected[i];
        }
      script_clear (&script);
    }
  g_assert_cmpfloat (energy, >, 10000.0);
}

static void
test_block_size_changes_nothing (void)
{
  const guint blocks[] = { 1, 7, 64, 100, 1024, 8192 };
  const guint aheads[] = { 0, 1, 500, 5000, 0, 3 };

  for (guint32 seed = 100; seed <= 108; seed++)
    {
      Script            script;
      g_autofree float *first = NULL;

      script_init (&script, seed, TRUE);
      first = render (&script, 256, 0);
      for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
        {
          g_autofree float *out = render (&script, blocks[i], aheads[i]);

          g_assert_cmpmem (out, 2 * N_FRAMES * sizeof (float), first,
                           2 * N_FRAMES * sizeof (float));
        }
      script_clear (&script);
    }
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rt/mixer-reference/random-scripts", test_random_scripts);
  zab_test_add ("/rt/mixer-reference/block-size-changes-nothing", test_block_size_changes_nothing);
  return g_test_run ();
}
