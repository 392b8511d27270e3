/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>

#include "lib/zab-test-signal.h"
#include "lib/zab-test.h"
#include "zab-test-cli.h"

enum
{
  N_PADS = 216
};

/* What the lines of a run say of one request. */
typedef struct
{
  gint64   id; /* 0: nothing yet */
  gboolean started;
  guint    n_progress;
  gboolean doubtful; /* its progress went back, or came before the start or after the end */
  double   fraction; /* the last */
  char    *end;      /* type of the event that ended it; NULL: none has */
  guint    n_ends;
} Request;

static void
request_clear (gpointer request)
{
  g_clear_pointer (&((Request *)request)->end, g_free);
}

static const char *
keys_of (const char *type)
{
  static const struct
  {
    const char *type;
    const char *keys;
  } types[] = { { "started", "id request type" },
                { "progress", "fraction id request stage type" },
                { "success", "channels duration frames id rate request type" },
                { "error", "code domain id message request type" },
                { "cancelled", "id request type" } };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (type, types[i].type))
      return types[i].keys;
  g_error ("“%s” is no type of event", type);
}

/* One line is one object with exactly the keys of its type. */
static JsonNode *
parse_line (const char *line)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (line, &error);
  g_autoptr (GList) members = NULL;
  g_autoptr (GString) keys = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  members = g_list_sort (json_object_get_members (json_node_get_object (node)),
                         (GCompareFunc)(GCallback)strcmp);
  for (GList *link = members; link != NULL; link = link->next)
    g_string_append_printf (keys, "%s%s", link != members ? " " : "", (const char *)link->data);
  g_assert_cmpstr (keys->str, ==,
                   keys_of (json_object_get_string_member (json_node_get_object (node), "type")));
  return node;
}

static void
take_progress (Request *request, JsonObject *event)
{
  const char *const stages[] = { "reading", "decoding", "resampling", NULL };
  const double      fraction = json_object_get_double_member (event, "fraction");

  g_assert_true (g_strv_contains (stages, json_object_get_string_member (event, "stage")));
  request->doubtful |= !request->started || request->end != NULL;
  request->doubtful |= request->n_progress > 0 && fraction < request->fraction;
  request->n_progress++;
  request->fraction = fraction;
}

static void
take_event (GArray *requests, JsonObject *event)
{
  const gint64 number = json_object_get_int_member (event, "request");
  const char  *type = json_object_get_string_member (event, "type");
  Request     *request;

  g_assert_cmpint (number, >=, 1);
  if (number > requests->len)
    g_array_set_size (requests, (guint)number);
  request = &g_array_index (requests, Request, number - 1);
  request->id = json_object_get_int_member (event, "id");
  if (g_str_equal (type, "started"))
    {
      g_assert_false (request->started);
      g_assert_null (request->end);
      request->started = TRUE;
    }
  else if (g_str_equal (type, "progress"))
    take_progress (request, event);
  else
    {
      g_assert_true (request->started || g_str_equal (type, "cancelled"));
      g_free (request->end);
      request->end = g_strdup (type);
      request->n_ends++;
    }
}

/* All the requests of a run; the rules of order hold for each. */
static GArray *
parse_events (const char *text)
{
  GArray *requests = g_array_new (FALSE, TRUE, sizeof (Request));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const guint n_lines = g_strv_length (lines);

  g_array_set_clear_func (requests, request_clear);
  g_assert_cmpstr (lines[n_lines - 1], ==, "");
  for (guint i = 0; i + 1 < n_lines; i++)
    {
      g_autoptr (JsonNode) node = parse_line (lines[i]);

      take_event (requests, json_node_get_object (node));
    }
  for (guint i = 0; i < requests->len; i++)
    {
      const Request *request = &g_array_index (requests, Request, i);

      g_assert_cmpint (request->id, ==, i);
      g_assert_cmpuint (request->n_ends, ==, 1);
      if (request->doubtful)
        g_error ("the progress of request %u is out of order: %s", i + 1, text);
    }
  return requests;
}

/* The only line of that type. */
static JsonNode *
find_event (const char *text, const char *type)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *mark = g_strdup_printf ("\"type\":\"%s\"", type);
  JsonNode        *found = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], mark) != NULL)
      {
        g_assert_null (found);
        found = parse_line (lines[i]);
      }
  g_assert_nonnull (found);
  return found;
}

static void
test_success (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = zab_test_cli_make_sound (dir, "a.wav", 88200, 2, 44100, 0);
  g_auto (ZabTestCli) cli = zab_test_cli_run ("load", "--rate", "48000", path, NULL);
  g_autoptr (GArray) requests = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *success;

  zab_test_cli_assert_status (cli, 0);
  g_assert_cmpstr (cli.err, ==, "");
  g_assert_true (g_str_has_prefix (cli.out, "{\"type\":\"started\",\"id\":0,\"request\":1}\n"));
  requests = parse_events (cli.out);
  g_assert_cmpuint (requests->len, ==, 1);
  g_assert_cmpstr (g_array_index (requests, Request, 0).end, ==, "success");
  g_assert_cmpfloat (g_array_index (requests, Request, 0).fraction, ==, 1);
  node = find_event (cli.out, "success");
  success = json_node_get_object (node);
  g_assert_cmpfloat (json_object_get_double_member (success, "duration"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (success, "frames"), ==, 96000);
  g_assert_cmpint (json_object_get_int_member (success, "channels"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (success, "rate"), ==, 44100);
}

static void
test_error (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *good = zab_test_cli_make_sound (dir, "good.wav", 1000, 1, 48000, 0);
  g_autofree char *bad = g_build_filename (dir, "bad “1”.wav", NULL);
  g_autoptr (GArray) requests = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *failure;

  g_assert_true (g_file_set_contents (bad, "no sound at all", -1, NULL));
  {
    g_auto (ZabTestCli) cli = zab_test_cli_run ("load", "-r", "48000", bad, good, NULL);

    zab_test_cli_assert_status (cli, 1);
    requests = parse_events (cli.out);
    node = find_event (cli.out, "error");
  }
  g_assert_cmpuint (requests->len, ==, 2);
  g_assert_cmpstr (g_array_index (requests, Request, 0).end, ==, "error");
  g_assert_cmpstr (g_array_index (requests, Request, 1).end, ==, "success");
  failure = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (failure, "domain"), ==, "zab-load-error");
  g_assert_nonnull (strstr (json_object_get_string_member (failure, "message"), "bad “1”.wav"));
}

static void
test_all_pads (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = zab_test_cli_make_sound (dir, "a.wav", 100, 1, 48000, 0);
  const char      *arguments[3 + N_PADS + 1] = { "load", "--rate", "48000" };
  g_autoptr (GArray) requests = NULL;
  g_auto (ZabTestCli) cli = { 0 };

  for (guint i = 0; i < N_PADS; i++)
    arguments[3 + i] = path;
  cli = zab_test_cli_run_in (NULL, arguments);
  zab_test_cli_assert_status (cli, 0);
  requests = parse_events (cli.out);
  g_assert_cmpuint (requests->len, ==, N_PADS);
}

static void
test_out_dir (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *mono = zab_test_cli_make_sound (dir, "mono.wav", 1000, 1, 48000, 5);
  g_autofree char *stereo = zab_test_cli_make_sound (dir, "stereo.wav", 30000, 2, 48000, 77);
  g_autofree char *other = zab_test_cli_make_sound (dir, "other.wav", 10001, 2, 44100, 0);
  g_autofree char *missing = g_build_filename (dir, "missing.wav", NULL);
  g_autofree char *out = g_build_filename (dir, "new", "folder", NULL);
  g_autofree char *none = g_build_filename (out, "002.wav", NULL);
  g_autoptr (ZabTestWav) first = NULL;
  g_autoptr (ZabTestWav) second = NULL;
  g_autoptr (ZabTestWav) fourth = NULL;
  g_auto (ZabTestCli) cli = zab_test_cli_run ("load", "--rate", "48000", "--out-dir", out, mono,
                                              stereo, missing, other, NULL);
  ZabTestCounterReport report;

  zab_test_cli_assert_status (cli, 1);
  first = zab_test_cli_read_sound (out, "000.wav");
  g_assert_cmpuint (first->channels, ==, 1);
  g_assert_cmpuint (first->rate, ==, 48000);
  g_assert_cmpuint (first->n_frames, ==, 1000);
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpfloat (first->frames[i], ==, zab_test_counter (5 + i, 0));
  second = zab_test_cli_read_sound (out, "001.wav");
  g_assert_cmpuint (second->channels, ==, 2);
  g_assert_cmpuint (second->n_frames, ==, 30000);
  report = zab_test_check_counter (second->frames, second->n_frames);
  g_assert_cmpuint (report.exact, ==, 30000);
  g_assert_cmpuint (report.breaks, ==, 0);
  g_assert_cmpuint (report.counter, ==, 77);
  g_assert_false (g_file_test (none, G_FILE_TEST_EXISTS));
  fourth = zab_test_cli_read_sound (out, "003.wav");
  g_assert_cmpuint (fourth->rate, ==, 48000);
  g_assert_cmpuint (fourth->n_frames, ==, (10001 * 48000 + 44099) / 44100);
}

/* What is written bit for bit is the file's header, too. */
static void
test_out_dir_same_file (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = zab_test_cli_make_sound (dir, "a.wav", 12345, 2, 96000, 3);
  g_autofree char *copy = g_build_filename (dir, "000.wav", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize            n_before, n_after;
  g_auto (ZabTestCli) cli = zab_test_cli_run ("load", "-r", "96000", "-o", dir, path, NULL);

  zab_test_cli_assert_status (cli, 0);
  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  g_assert_true (g_file_get_contents (copy, &after, &n_after, NULL));
  g_assert_cmpmem (after, n_after, before, n_before);
}

static void
test_out_dir_fails (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = zab_test_cli_make_sound (dir, "a.wav", 100, 1, 48000, 0);
  g_autofree char *below = g_build_filename (path, "folder", NULL);
  g_auto (ZabTestCli) cli = zab_test_cli_run ("load", "-r", "48000", "-o", below, path, NULL);
  g_auto (ZabTestCli) same = zab_test_cli_run ("load", "-r", "48000", "-o", path, path, NULL);

  zab_test_cli_assert_status (cli, 1);
  g_assert_cmpstr (cli.out, ==, "");
  g_assert_true (g_str_has_prefix (cli.err, "zabumba-cli: "));
  zab_test_cli_assert_status (same, 1);
  g_assert_true (g_str_has_prefix (same.err, "zabumba-cli: "));
}

static void
test_converters (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = zab_test_cli_make_sound (dir, "a.wav", 4410, 1, 44100, 0);
  g_autofree char *other = g_build_filename (dir, "other", NULL);
  g_autoptr (ZabTestWav) fft = NULL;
  g_autoptr (ZabTestWav) src = NULL;
  guint n_different = 0;
  g_auto (ZabTestCli) a = zab_test_cli_run ("load", "-r", "48000", "-o", dir, path, NULL);
  g_auto (ZabTestCli) b = zab_test_cli_run ("load", "-r", "48000", "-o", other, "--converter",
                                            "libsamplerate", path, NULL);

  zab_test_cli_assert_status (a, 0);
  zab_test_cli_assert_status (b, 0);
  fft = zab_test_cli_read_sound (dir, "000.wav");
  src = zab_test_cli_read_sound (other, "000.wav");
  g_assert_cmpuint (fft->n_frames, ==, 4800);
  g_assert_cmpuint (src->n_frames, ==, 4800);
  for (guint i = 0; i < 4800; i++)
    n_different += fft->frames[i] < src->frames[i] || fft->frames[i] > src->frames[i];
  g_assert_cmpuint (n_different, >, 0);
}

/* "--" ends the options, wherever it stands. */
static void
test_names_like_options (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  const char      *arguments[] = { "load", "-r", "48000", "a.wav", "--", "--rate.wav", NULL };
  g_auto (ZabTestCli) cli = { 0 };
  g_autoptr (GArray) requests = NULL;

  zab_test_cli_put_sound (dir, "a.wav", 100, 1, 48000, 0);
  zab_test_cli_put_sound (dir, "--rate.wav", 100, 1, 48000, 0);
  cli = zab_test_cli_run_in (dir, arguments);
  zab_test_cli_assert_status (cli, 0);
  requests = parse_events (cli.out);
  g_assert_cmpuint (requests->len, ==, 2);
}

/* Starts a load of 216 long sounds whose lines nobody reads: the pipe is soon full. */
static GSubprocess *
start_long_load (const char *path)
{
  const char *arguments[4 + N_PADS + 1] = { g_getenv ("ZAB_TEST_CLI"), "load", "--rate", "48000" };
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  for (guint i = 0; i < N_PADS; i++)
    arguments[4 + i] = path;
  process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  return process;
}

/* Each load that is interrupted says so, and only then the program ends. */
static void
test_interrupt (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = zab_test_cli_make_sound (dir, "long.wav", 60 * 44100, 1, 44100, 0);
  g_autoptr (GSubprocess) process = start_long_load (path);
  g_autoptr (GDataInputStream) lines
      = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *first = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GArray) requests = NULL;
  guint n_cancelled = 0;

  first = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_assert_true (g_str_has_prefix (first, "{\"type\":\"started\","));
  g_subprocess_send_signal (process, SIGINT);
  rest = g_data_input_stream_read_upto (lines, "", 0, NULL, NULL, NULL);
  text = g_strdup_printf ("%s\n%s", first, rest);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  requests = parse_events (text);
  g_assert_cmpuint (requests->len, ==, N_PADS);
  for (guint i = 0; i < N_PADS; i++)
    n_cancelled += g_str_equal (g_array_index (requests, Request, i).end, "cancelled");
  g_assert_cmpuint (n_cancelled, >, 0);
  g_assert_cmpstr (g_array_index (requests, Request, N_PADS - 1).end, ==, "cancelled");
}

/* Without a daemon and without --rate it is loaded for 48000 Hz; nothing can be played. */
static void
test_no_daemon (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = zab_test_cli_make_sound (dir, "a.wav", 1000, 1, 48000, 0);
  g_autoptr (ZabTestWav) wav = NULL;

  g_setenv ("PIPEWIRE_RUNTIME_DIR", dir, TRUE);
  {
    g_auto (ZabTestCli) load = zab_test_cli_run ("load", "-o", dir, path, NULL);
    g_auto (ZabTestCli) play = zab_test_cli_run ("play", path, NULL);

    zab_test_cli_assert_status (load, 0);
    zab_test_cli_assert_status (play, 1);
    g_assert_cmpstr (play.out, ==, "");
    g_assert_cmpstr (play.err, ==, "zabumba-cli: No sound: PipeWire is not running\n");
  }
  wav = zab_test_cli_read_sound (dir, "000.wav");
  g_assert_cmpuint (wav->rate, ==, 48000);
  g_assert_cmpuint (wav->n_frames, ==, 1000);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_cli_init ();
  zab_test_add ("/cli/load/success", test_success);
  zab_test_add ("/cli/load/error", test_error);
  zab_test_add ("/cli/load/all-pads", test_all_pads);
  zab_test_add ("/cli/load/out-dir", test_out_dir);
  zab_test_add ("/cli/load/out-dir-same-file", test_out_dir_same_file);
  zab_test_add ("/cli/load/out-dir-fails", test_out_dir_fails);
  zab_test_add ("/cli/load/converters", test_converters);
  zab_test_add ("/cli/load/names-like-options", test_names_like_options);
  zab_test_add ("/cli/load/interrupt", test_interrupt);
  zab_test_add ("/cli/load/no-daemon", test_no_daemon);
  return g_test_run ();
}
