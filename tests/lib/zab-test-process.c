/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-test-process.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "zab-test.h"

struct _ZabTestProcess
{
  GSubprocess      *process;
  GDataInputStream *output;
  GAsyncResult     *result; /* of the read in flight */
};

static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

ZabTestProcess *
zab_test_process_new (const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GError) error = NULL;
  ZabTestProcess *self = g_new0 (ZabTestProcess, 1);

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, arguments, &error);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  return self;
}

void
zab_test_process_free (ZabTestProcess *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->output);
  g_clear_object (&self->process);
  g_free (self);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer data)
{
  ZabTestProcess *self = data;

  self->result = g_object_ref (result);
}

char *
zab_test_process_read_line (ZabTestProcess *self)
{
  g_autoptr (GError) error = NULL;
  char *line;

  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, NULL, on_line, self);
  zab_test_wait_until (self->result);
  line = g_data_input_stream_read_line_finish (self->output, self->result, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&self->result);
  return line;
}

char *
zab_test_process_dup_line (ZabTestProcess *self, const char *prefix)
{
  while (TRUE)
    {
      g_autofree char *line = zab_test_process_read_line (self);

      if (!line)
        g_error ("the program ended without “%s”", prefix);
      if (g_str_has_prefix (line, prefix))
        return g_strdup (line + strlen (prefix));
    }
}

void
zab_test_process_expect (ZabTestProcess *self, const char *prefix)
{
  g_free (zab_test_process_dup_line (self, prefix));
}

void
zab_test_process_write (ZabTestProcess *self, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->process), text, strlen (text), NULL,
                             NULL, &error);
  g_assert_no_error (error);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  ZabTestProcess *self = data;

  self->result = g_object_ref (result);
}

int
zab_test_process_finish (ZabTestProcess *self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait_async (self->process, NULL, on_ended, self);
  zab_test_wait_until (self->result);
  g_assert_true (g_subprocess_wait_finish (self->process, self->result, NULL));
  g_clear_object (&self->result);
  return g_subprocess_get_if_exited (self->process) ? g_subprocess_get_exit_status (self->process)
                                                    : -1;
}

void
zab_test_process_signal (ZabTestProcess *self, int number)
{
  g_subprocess_send_signal (self->process, number);
}

GPid
zab_test_process_spawn_self (const char *const *arguments, int *out)
{
  g_autoptr (GPtrArray) command = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GPid pid;

  g_ptr_array_add (command, (gpointer) "/proc/self/exe");
  for (; *arguments; arguments++)
    g_ptr_array_add (command, (gpointer)*arguments);
  g_ptr_array_add (command, NULL);
  g_spawn_async_with_pipes (NULL, (char **)command->pdata, NULL, G_SPAWN_DO_NOT_REAP_CHILD,
                            die_with_parent, NULL, &pid, NULL, out, NULL, &error);
  g_assert_no_error (error);
  return pid;
}
