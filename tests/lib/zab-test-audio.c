/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-test-audio.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "zab-test-process.h"
#include "zab-test-wav.h"
#include "zab-test.h"

struct _ZabTestRecorder
{
  ZabTestProcess *process;
  char           *path;
};

static const char *
get_session (const char *variable)
{
  const char *value = g_getenv (variable);

  if (!value)
    g_error ("no audio session: run the test inside tests/rig/with-audio");
  return value;
}

static void
signal_session (int number, gboolean running)
{
  g_autofree char *flag = g_build_filename (get_session ("RIG_AUDIO"), "running", NULL);

  kill ((pid_t)atoi (get_session ("RIG_AUDIO_PID")), number);
  zab_test_wait_until (g_file_test (flag, G_FILE_TEST_EXISTS) == running);
}

void
zab_test_audio_crash (void)
{
  signal_session (SIGUSR1, FALSE);
}

void
zab_test_audio_start (void)
{
  signal_session (SIGUSR2, TRUE);
}

/* pw-link writes a line for each linked port, and indented ones for its peers. */
static gboolean
is_linked (const char *node)
{
  g_autofree char *pattern
      = g_strdup_printf ("^%s:[a-z]+_FL\n( .*\n)+(.*\n)*%s:[a-z]+_FR\n ", node, node);
  g_autoptr (GSubprocess) links
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, "pw-link", "--links", NULL);
  g_autofree char *output = NULL;

  g_assert_nonnull (links);
  g_subprocess_communicate_utf8 (links, NULL, NULL, &output, NULL, NULL);
  return g_regex_match_simple (pattern, output, G_REGEX_MULTILINE, 0);
}

void
zab_test_audio_wait_linked (const char *node)
{
  zab_test_wait_until (is_linked (node));
}

static void
run (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (
      arguments, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
force (const char *setting, guint value)
{
  g_autofree char *text = g_strdup_printf ("%u", value);

  run ((const char *[]){ "pw-metadata", "-n", "settings", "0", setting, text, NULL });
}

void
zab_test_audio_force_rate (guint rate)
{
  force ("clock.force-rate", rate);
}

void
zab_test_audio_force_quantum (guint quantum)
{
  force ("clock.force-quantum", quantum);
}

void
zab_test_audio_remove_sink (void)
{
  run ((const char *[]){ "pw-cli", "destroy", "rig-sink", NULL });
}

/* As tests/rig/conf/pipewire.conf.in has it. */
void
zab_test_audio_return_sink (void)
{
  run ((const char *[]){ "pw-cli", "create-node", "adapter",
                         "{ factory.name = support.null-audio-sink, node.name = rig-sink,"
                         "  media.class = Audio/Sink, audio.position = [ FL FR ],"
                         "  priority.session = 1000, priority.driver = 1000,"
                         "  monitor.channel-volumes = false, object.linger = true,"
                         "  adapter.auto-port-config ="
                         "    { mode = dsp, monitor = true, position = preserve } }",
                         NULL });
}

ZabTestRecorder *
zab_test_recorder_new (void)
{
  ZabTestRecorder *self = g_new0 (ZabTestRecorder, 1);
  g_autofree char *dir = zab_test_make_dir ();

  self->path = g_build_filename (dir, "recording.wav", NULL);
  self->process = zab_test_process_new (
      (const char *[]){ g_getenv ("ZAB_TEST_RECORDER"), "--step", self->path, NULL });
  zab_test_process_expect (self->process, "recording");
  zab_test_audio_wait_linked ("zab-test-recorder");
  return self;
}

void
zab_test_recorder_free (ZabTestRecorder *self)
{
  zab_test_process_free (self->process);
  g_free (self->path);
  g_free (self);
}

guint64
zab_test_recorder_step (ZabTestRecorder *self, guint n_cycles)
{
  g_autofree char *request = g_strdup_printf ("%u\n", n_cycles);
  g_autofree char *answer = NULL;

  zab_test_process_write (self->process, request);
  answer = zab_test_process_dup_line (self->process, "at ");
  return g_ascii_strtoull (answer, NULL, 10);
}

float *
zab_test_recorder_finish (ZabTestRecorder *self, gsize *n_frames, guint64 *first_clock)
{
  g_autoptr (ZabTestWav) wav = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  guint64          recorded, clock;
  guint            gaps;

  zab_test_process_signal (self->process, SIGINT);
  line = zab_test_process_dup_line (self->process, "recorded ");
  g_assert_cmpint (zab_test_process_finish (self->process), ==, 0);
  g_assert_cmpint (sscanf (line, "%" G_GUINT64_FORMAT " clock %" G_GUINT64_FORMAT " gaps %u",
                           &recorded, &clock, &gaps),
                   ==, 3);
  g_assert_cmpuint (gaps, ==, 0);
  wav = zab_test_wav_read (self->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wav->n_frames, ==, recorded);
  *n_frames = wav->n_frames;
  if (first_clock)
    *first_clock = clock;
  return g_steal_pointer (&wav->frames);
}
