/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What an object notifies. Thread: main. */
typedef struct
{
  GObject   *object; /* borrowed */
  GPtrArray *names;
} ZabTestNotify;

static inline void
zab_test_notify_on_notify (GObject *object, GParamSpec *pspec, ZabTestNotify *self)
{
  g_ptr_array_add (self->names, g_strdup (pspec->name));
}

static inline void
zab_test_notify_init (ZabTestNotify *self, gpointer object)
{
  self->object = object;
  self->names = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (object, "notify", G_CALLBACK (zab_test_notify_on_notify), self);
}

static inline void
zab_test_notify_clear (ZabTestNotify *self)
{
  g_signal_handlers_disconnect_by_data (self->object, self);
  g_clear_pointer (&self->names, g_ptr_array_unref);
}

static inline int
zab_test_notify_compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The names that were notified since the last call, each as often as it was, in the order of the
 * alphabet (that of a thaw is GObject's own affair), with a space between them. */
static inline char *
zab_test_notify_take (ZabTestNotify *self)
{
  char *text;

  g_ptr_array_sort (self->names, zab_test_notify_compare);
  g_ptr_array_add (self->names, NULL);
  text = g_strjoinv (" ", (char **)self->names->pdata);
  g_ptr_array_set_size (self->names, 0);
  return text;
}

#define zab_test_assert_notified(self, expected)                                                   \
  do                                                                                               \
    {                                                                                              \
      g_autofree char *zab_test_names = zab_test_notify_take (self);                               \
      g_assert_cmpstr (zab_test_names, ==, expected);                                              \
    }                                                                                              \
  while (0)

G_END_DECLS
