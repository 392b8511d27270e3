/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zab-test-profiler: counts, from the daemon's own profiler, the cycles that each node of the graph
 * did not finish in time (what pw-top shows as ERR). Says so at a node's first, and at its end
 * writes a line for each node. Ends with its input or by SIGINT; with 1 when a cycle was missed. */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>
#include <pipewire/pipewire.h>
#include <spa/param/profiler.h>
#include <spa/pod/iter.h>
#include <spa/pod/parser.h>

/* After those: it does not declare what it names. */
#include <pipewire/extensions/profiler.h>
#include <pipewire/impl.h>

enum
{
  FINISHED = 3 /* PW_NODE_ACTIVATION_FINISHED */
};

typedef struct
{
  guint64 cycles;
  guint64 missed;
  guint64 wait; /* ns in all cycles: signalled to awake */
  guint64 wait_max;
  guint64 busy; /* awake to finished */
  guint64 busy_max;
} Node;

typedef struct
{
  struct pw_main_loop *loop;
  struct pw_registry  *registry;
  struct pw_proxy     *profiler;
  struct spa_hook      registry_hook;
  struct spa_hook      profiler_hook;
  GHashTable          *nodes; /* name: Node */
} Program;

static void G_GNUC_PRINTF (1, 2) say (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  fflush (stdout);
}

static Node *
get_node (Program *self, const char *name)
{
  Node *node = g_hash_table_lookup (self->nodes, name);

  if (!node)
    {
      node = g_new0 (Node, 1);
      g_hash_table_insert (self->nodes, g_strdup (name), node);
    }
  return node;
}

static void
add_times (Node *node, guint64 wait, guint64 busy)
{
  node->wait += wait;
  node->wait_max = MAX (node->wait_max, wait);
  node->busy += busy;
  node->busy_max = MAX (node->busy_max, busy);
}

/* One node in one cycle. */
static void
on_block (Program *self, const struct spa_pod *pod)
{
  int32_t             id, status;
  char               *name;
  int64_t             previous, signalled, awake, finished;
  struct spa_fraction latency;
  Node               *node;

  if (spa_pod_parse_struct (pod, SPA_POD_Int (&id), SPA_POD_String (&name),
                            SPA_POD_Long (&previous), SPA_POD_Long (&signalled),
                            SPA_POD_Long (&awake), SPA_POD_Long (&finished), SPA_POD_Int (&status),
                            SPA_POD_Fraction (&latency))
      < 0)
    return;
  node = get_node (self, name);
  node->cycles++;
  if (status != FINISHED)
    {
      if (node->missed++ == 0)
        say ("missed %s\n", name);
    }
  else if (awake >= previous && finished >= awake) /* not so in a node's first cycle */
    add_times (node, (guint64)MAX (awake - signalled, 0), (guint64)(finished - awake));
}

static void
on_profile (void *data, const struct spa_pod *pod)
{
  const struct spa_pod      *object;
  const struct spa_pod_prop *property;

  SPA_POD_STRUCT_FOREACH (pod, object)
  {
    if (!spa_pod_is_object_type (object, SPA_TYPE_OBJECT_Profiler))
      continue;
    SPA_POD_OBJECT_FOREACH ((const struct spa_pod_object *)object, property)
    {
      if (property->key == SPA_PROFILER_driverBlock || property->key == SPA_PROFILER_followerBlock)
        on_block (data, &property->value);
    }
  }
}

static const struct pw_profiler_events profiler_events = {
  PW_VERSION_PROFILER_EVENTS,
  .profile = on_profile,
};

static void
on_global (void *data, uint32_t id, uint32_t permissions, const char *type, uint32_t version,
           const struct spa_dict *properties)
{
  Program *self = data;

  if (self->profiler || strcmp (type, PW_TYPE_INTERFACE_Profiler) != 0)
    return;
  self->profiler = pw_registry_bind (self->registry, id, type, PW_VERSION_PROFILER, 0);
  pw_proxy_add_object_listener (self->profiler, &self->profiler_hook, &profiler_events, self);
  say ("profiling\n");
}

static const struct pw_registry_events registry_events = {
  PW_VERSION_REGISTRY_EVENTS,
  .global = on_global,
};

static void
on_signal (void *data, int number)
{
  Program *self = data;

  pw_main_loop_quit (self->loop);
}

static void
on_input (void *data, int fd, uint32_t mask)
{
  Program *self = data;
  char     byte;

  if (read (fd, &byte, 1) <= 0)
    pw_main_loop_quit (self->loop);
}

/* TRUE when no cycle was missed. */
static gboolean
print_nodes (Program *self)
{
  GHashTableIter iter;
  const char    *name;
  const Node    *node;
  guint64        missed = 0;

  g_hash_table_iter_init (&iter, self->nodes);
  while (g_hash_table_iter_next (&iter, (gpointer *)&name, (gpointer *)&node))
    {
      double done = (double)MAX (node->cycles - node->missed, 1);

      printf ("node %s missed %" PRIu64 " of %" PRIu64
              ", wait %.0f us at most %.0f, busy %.0f us at most %.0f\n",
              name, node->missed, node->cycles, (double)node->wait / 1e3 / done,
              (double)node->wait_max / 1e3, (double)node->busy / 1e3 / done,
              (double)node->busy_max / 1e3);
      missed += node->missed;
    }
  return missed == 0;
}

static struct pw_registry *
get_registry (Program *self, struct pw_core *core)
{
  struct pw_registry *registry = core ? pw_core_get_registry (core, PW_VERSION_REGISTRY, 0) : NULL;

  if (registry)
    pw_registry_add_listener (registry, &self->registry_hook, &registry_events, self);
  else
    fprintf (stderr, "zab-test-profiler: PipeWire is not running\n");
  return registry;
}

static gboolean
profile (Program *self, struct pw_context *context)
{
  struct pw_core *core = pw_context_connect (context, NULL, 0);

  self->registry = get_registry (self, core);
  if (!self->registry)
    return FALSE;
  pw_main_loop_run (self->loop);
  if (self->profiler)
    pw_proxy_destroy (self->profiler);
  pw_proxy_destroy ((struct pw_proxy *)self->registry);
  pw_core_disconnect (core);
  return print_nodes (self);
}

int
main (void)
{
  Program            self = { 0 };
  struct pw_loop    *loop;
  struct pw_context *context;
  gboolean           clean;

  pw_init (NULL, NULL);
  self.nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.loop = pw_main_loop_new (NULL);
  loop = pw_main_loop_get_loop (self.loop);
  pw_loop_add_signal (loop, SIGINT, on_signal, &self);
  pw_loop_add_signal (loop, SIGTERM, on_signal, &self);
  pw_loop_add_io (loop, STDIN_FILENO, SPA_IO_IN | SPA_IO_HUP, false, on_input, &self);
  context = pw_context_new (loop, NULL, 0);
  /* The interface is known to a client only once it has the module, too. */
  pw_context_load_module (context, PW_EXTENSION_MODULE_PROFILER, NULL, NULL);
  clean = profile (&self, context);
  pw_context_destroy (context);
  pw_main_loop_destroy (self.loop);
  g_hash_table_unref (self.nodes);
  pw_deinit ();
  return clean ? 0 : 1;
}
