/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zab-test-tree: reads and works a program's accessibility tree. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/zab-test-a11y.h"
#include "lib/zab-test.h"

static const char usage[]
    = "usage: zab-test-tree APPLICATION [COMMAND WHAT [ARGUMENT]]\n"
      "WHAT is a name as dump shows it, or ROLE:NAME. Without a command: dump.\n"
      "  dump                 the tree: role \"name\" [states] x,y wxh value, text, actions\n"
      "  has WHAT             ends with 0 when it can be seen, 1 when not\n"
      "  wait WHAT            until it can be seen\n"
      "  states WHAT\n"
      "  do WHAT [ACTION]     its first action, or the named one\n"
      "  set WHAT VALUE\n"
      "  text WHAT TEXT\n"
      "  where WHAT           its middle, from the corner of the window's content: X Y\n";

static ZabTestAccessible *
find (const char *application, const char *what)
{
  g_autoptr (ZabTestAccessible) root = NULL;

  zab_test_a11y_refresh ();
  root = zab_test_a11y_find_application (application);
  return root && what ? zab_test_a11y_find (root, what) : g_steal_pointer (&root);
}

static ZabTestAccessible *
find_or_wait (const char *application, const char *what, gboolean wait)
{
  ZabTestAccessible *found = find (application, what);

  if (wait && !found)
    zab_test_wait_until ((found = find (application, what)));
  return found;
}

static gboolean
print_middle (ZabTestAccessible *accessible)
{
  int x, y;

  if (!zab_test_a11y_get_middle (accessible, &x, &y))
    return FALSE;
  printf ("%d %d\n", x, y);
  return TRUE;
}

static gboolean
print_text (char *text)
{
  printf ("%s\n", text);
  g_free (text);
  return TRUE;
}

static gboolean
run (ZabTestAccessible *accessible, const char *command, const char *argument, GError **error)
{
  if (strcmp (command, "has") == 0 || strcmp (command, "wait") == 0)
    return TRUE;
  if (strcmp (command, "dump") == 0)
    return print_text (zab_test_a11y_dump (accessible));
  if (strcmp (command, "states") == 0)
    return print_text (zab_test_a11y_dup_states (accessible));
  if (strcmp (command, "where") == 0)
    return print_middle (accessible);
  if (strcmp (command, "do") == 0)
    return zab_test_a11y_do (accessible, argument, error);
  if (strcmp (command, "set") == 0 && argument)
    return zab_test_a11y_set_value (accessible, g_ascii_strtod (argument, NULL), error);
  if (strcmp (command, "text") == 0 && argument)
    return zab_test_a11y_set_text (accessible, argument, error);
  fputs (usage, stderr);
  exit (2);
}

int
main (int argc, char **argv)
{
  const char *command = argc > 2 ? argv[2] : "dump";
  const char *what = argc > 3 ? argv[3] : NULL;
  g_autoptr (ZabTestAccessible) found = NULL;
  g_autoptr (GError) error = NULL;

  if (argc < 2 || (argc == 3 && strcmp (command, "dump") != 0))
    {
      fputs (usage, stderr);
      return 2;
    }
  zab_test_watch ();
  zab_test_a11y_init ();
  found = find_or_wait (argv[1], what, strcmp (command, "wait") == 0);
  if (!found)
    {
      fprintf (stderr, "zab-test-tree: nothing in “%s” is called “%s”\n", argv[1],
               what ? what : argv[1]);
      return 1;
    }
  if (!run (found, command, argc > 4 ? argv[4] : NULL, &error))
    {
      fprintf (stderr, "zab-test-tree: %s\n", error ? error->message : "that cannot be done");
      return 1;
    }
  return 0;
}
