/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-file-reference.h"

#include <glib/gi18n-lib.h>
#include <limits.h>
#include <string.h>
#include <sys/xattr.h>

#include "model/zab-json.h"
#include "model/zab-regular-file.h"
#include "model/zab-set-error.h"

enum
{
  SHA256_LENGTH = 64,
  MAX_URI_LENGTH = 16384,
  HASH_BLOCK = 256 * 1024,
};

ZabFileReference *
zab_file_reference_new (GFile *file)
{
  ZabFileReference *self = g_new0 (ZabFileReference, 1);

  self->file = g_object_ref (file);
  self->size = -1;
  return self;
}

ZabFileReference *
zab_file_reference_copy (const ZabFileReference *self)
{
  ZabFileReference *copy = zab_file_reference_new (self->file);

  copy->relative = g_strdup (self->relative);
  copy->size = self->size;
  copy->sha256 = g_strdup (self->sha256);
  copy->host = g_strdup (self->host);
  copy->source = self->source != NULL ? json_node_ref (self->source) : NULL;
  return copy;
}

void
zab_file_reference_free (ZabFileReference *self)
{
  g_object_unref (self->file);
  g_free (self->relative);
  g_free (self->sha256);
  g_free (self->host);
  g_clear_pointer (&self->source, json_node_unref);
  g_free (self);
}

/* --- JSON ------------------------------------------------------------------------------------ */

/* FALSE when there is a member, and it is no string. */
static gboolean
read_string (JsonObject *object, const char *name, const char **string)
{
  *string = zab_json_get_string (object, name);
  return *string != NULL || !json_object_has_member (object, name);
}

static gboolean
read_size (JsonObject *object, gint64 *size)
{
  JsonNode *node = json_object_get_member (object, "size");

  *size = -1;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *size = json_node_get_int (node);
  return *size >= 0;
}

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == SHA256_LENGTH && strspn (text, "0123456789abcdef") == SHA256_LENGTH;
}

static ZabFileReference *
read_reference (JsonObject *object)
{
  g_autoptr (ZabFileReference) self = NULL;
  g_autoptr (GFile) file = NULL;
  const char *uri;
  const char *relative;
  const char *sha256;
  const char *host;

  if (!read_string (object, "uri", &uri) || uri == NULL || strlen (uri) > MAX_URI_LENGTH
      || !g_uri_is_valid (uri, G_URI_FLAGS_ENCODED, NULL))
    return NULL;
  file = g_file_new_for_uri (uri);
  self = zab_file_reference_new (file);
  if (!read_string (object, "relative", &relative) || !read_string (object, "sha256", &sha256)
      || !read_string (object, "host-path", &host) || !read_size (object, &self->size))
    return NULL;
  if ((relative != NULL && (*relative == '\0' || g_path_is_absolute (relative)))
      || (sha256 != NULL && !is_sha256 (sha256)) || (host != NULL && !g_path_is_absolute (host)))
    return NULL;
  self->relative = g_strdup (relative);
  self->sha256 = g_strdup (sha256);
  self->host = g_strdup (host);
  return g_steal_pointer (&self);
}

ZabFileReference *
zab_file_reference_from_json (JsonNode *node, const char *where, GError **error)
{
  ZabFileReference *self = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    self = read_reference (json_node_get_object (node));
  if (self != NULL)
    self->source = json_node_ref (node);
  else
    g_set_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_DAMAGED,
                 _ ("%s has a “%s” that can’t be"), where, "file");
  return self;
}

static void
add_unknown_members (JsonObject *object, JsonObject *source)
{
  static const char *known[] = { "relative", "uri", "host-path", "size", "sha256", NULL };
  JsonObjectIter     iter;
  const char        *name;
  JsonNode          *member;

  json_object_iter_init_ordered (&iter, source);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    if (!g_strv_contains (known, name))
      json_object_set_member (object, name, json_node_ref (member));
}

JsonNode *
zab_file_reference_to_json (const ZabFileReference *self)
{
  g_autofree char *uri = g_file_get_uri (self->file);
  JsonObject      *object = json_object_new ();
  JsonNode        *node = json_node_init_object (json_node_alloc (), object);

  if (self->relative != NULL)
    json_object_set_string_member (object, "relative", self->relative);
  json_object_set_string_member (object, "uri", uri);
  if (self->host != NULL)
    json_object_set_string_member (object, "host-path", self->host);
  if (self->size >= 0)
    json_object_set_int_member (object, "size", self->size);
  if (self->sha256 != NULL)
    json_object_set_string_member (object, "sha256", self->sha256);
  if (self->source != NULL)
    add_unknown_members (object, json_node_get_object (self->source));
  json_object_unref (object);
  json_node_seal (node);
  return node;
}

/* --- Places ---------------------------------------------------------------------------------- */

char *
zab_file_reference_relative_path (GFile *folder, GFile *file)
{
  const char *from_path = g_file_peek_path (folder);
  const char *to_path = g_file_peek_path (file);
  g_auto (GStrv) from = from_path != NULL ? g_strsplit (from_path, "/", -1) : NULL;
  g_auto (GStrv) to = to_path != NULL ? g_strsplit (to_path, "/", -1) : NULL;
  g_autoptr (GString) path = g_string_new (NULL);
  guint common = 1; /* before the first "/" there is nothing */

  if (from == NULL || to == NULL || !g_utf8_validate (to_path, -1, NULL))
    return NULL;
  while (from[common] != NULL && to[common] != NULL && g_str_equal (from[common], to[common]))
    common++;
  if (common == 1 || to[common] == NULL)
    return NULL;
  for (guint i = common; from[i] != NULL; i++)
    g_string_append (path, "../");
  for (guint i = common; to[i] != NULL; i++)
    g_string_append_printf (path, "%s%s", i > common ? "/" : "", to[i]);
  return g_string_free (g_steal_pointer (&path), FALSE);
}

/* The size of the regular file, or -1. */
static gint64
size_of (GFile *file)
{
  g_autoptr (GFileInfo) info
      = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                           G_FILE_QUERY_INFO_NONE, NULL, NULL);

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return -1;
  return g_file_info_get_size (info);
}

/* Outside of the sandbox, or when the portal has forgotten the file. */
static GFile *
resolve_host (const ZabFileReference *self)
{
  g_autoptr (GFile) file = self->host != NULL ? g_file_new_for_path (self->host) : NULL;

  return file != NULL && size_of (file) >= 0 ? g_steal_pointer (&file) : NULL;
}

char *
zab_file_reference_get_host_path (GFile *file)
{
  const char *path = g_file_peek_path (file);
  char        host[PATH_MAX + 1];
  ssize_t     length;

  if (path == NULL)
    return NULL;
  length = getxattr (path, "user.document-portal.host-path", host, PATH_MAX);
  if (length <= 0)
    return NULL;
  host[length] = '\0';
  if (!g_path_is_absolute (host) || !g_utf8_validate (host, -1, NULL))
    return NULL;
  return g_strdup (host);
}

GFile *
zab_file_reference_resolve (const ZabFileReference *self, GFile *folder)
{
  g_autoptr (GFile) beside = NULL;
  const gint64 size = size_of (self->file);
  gint64       size_beside = -1;

  if (folder != NULL && self->relative != NULL)
    {
      beside = g_file_resolve_relative_path (folder, self->relative);
      size_beside = size_of (beside);
    }
  if (size_beside < 0 && size < 0)
    return resolve_host (self);
  if (size_beside < 0 || (size >= 0 && size == self->size && size_beside != size))
    return g_object_ref (self->file);
  return g_steal_pointer (&beside);
}

char *
zab_file_reference_hash (GFile *file, gint64 *size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GInputStream) stream = zab_regular_file_open (file, error);
  g_autofree guint8 *block = g_malloc (HASH_BLOCK);
  gssize             n_read;

  if (stream == NULL)
    return NULL;
  *size = 0;
  do
    {
      n_read = g_input_stream_read (stream, block, HASH_BLOCK, cancellable, error);
      if (n_read < 0)
        return NULL;
      g_checksum_update (checksum, block, n_read);
      *size += n_read;
    }
  while (n_read > 0);
  return g_strdup (g_checksum_get_string (checksum));
}
