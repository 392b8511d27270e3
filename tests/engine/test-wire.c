/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine/worker/zab-wire.h"
#include "lib/zab-test.h"

enum
{
  HEAD = G_STRUCT_OFFSET (ZabWireMessage, text)
};

static void
set_up (int *pair)
{
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), ==, 0);
}

static void
tear_down (int *pair)
{
  close (pair[0]);
  close (pair[1]);
}

static guint
count_fds (void)
{
  guint n = 0;

  for (int fd = 0; fd < 256; fd++)
    n += fcntl (fd, F_GETFD) >= 0;
  return n;
}

static void
test_round_trip (void)
{
  int            pair[2];
  ZabWireMessage in;
  ZabWireMessage out;
  int            fd;

  set_up (pair);
  zab_wire_message_init (&in, ZAB_WIRE_SUCCESS, 7, "Grüße");
  in.success.n_frames = G_MAXUINT64;
  in.success.channels = 2;
  in.success.source_rate = 44100;
  g_assert_cmpint (zab_wire_receive (pair[1], &out, &fd, FALSE), ==, ZAB_WIRE_NOTHING);
  g_assert_cmpint (zab_wire_send (pair[0], &in, -1, FALSE), ==, ZAB_WIRE_OK);
  g_assert_cmpint (zab_wire_receive (pair[1], &out, &fd, FALSE), ==, ZAB_WIRE_OK);
  g_assert_cmpint (fd, ==, -1);
  g_assert_true (memcmp (&in, &out, HEAD) == 0);
  g_assert_cmpstr (out.text, ==, "Grüße");
  tear_down (pair);
}

/* The descriptor that comes is another one, of the same file, closed on exec. */
static void
test_descriptor (void)
{
  int            pair[2];
  int            pipes[2];
  ZabWireMessage message;
  int            fd;
  char           byte;

  set_up (pair);
  g_assert_cmpint (pipe (pipes), ==, 0);
  zab_wire_message_init (&message, ZAB_WIRE_LOAD, 1, "name");
  g_assert_cmpint (zab_wire_send (pair[0], &message, pipes[1], TRUE), ==, ZAB_WIRE_OK);
  close (pipes[1]);
  g_assert_cmpint (zab_wire_receive (pair[1], &message, &fd, TRUE), ==, ZAB_WIRE_OK);
  g_assert_cmpint (fcntl (fd, F_GETFD) & FD_CLOEXEC, !=, 0);
  g_assert_cmpint (write (fd, "x", 1), ==, 1);
  g_assert_cmpint (read (pipes[0], &byte, 1), ==, 1);
  close (fd);
  close (pipes[0]);
  tear_down (pair);
}

static void
test_closed (void)
{
  int            pair[2];
  ZabWireMessage message;
  int            fd;

  set_up (pair);
  close (pair[0]);
  zab_wire_message_init (&message, ZAB_WIRE_CANCEL, 1, NULL);
  g_assert_cmpint (zab_wire_receive (pair[1], &message, &fd, TRUE), ==, ZAB_WIRE_CLOSED);
  zab_wire_message_init (&message, ZAB_WIRE_CANCEL, 1, NULL);
  g_assert_cmpint (zab_wire_send (pair[1], &message, -1, TRUE), ==, ZAB_WIRE_CLOSED);
  close (pair[1]);
}

/* Nobody reads: the sender does not wait if it was told not to. */
static void
test_full (void)
{
  int            pair[2];
  ZabWireMessage message;
  ZabWireResult  result;
  guint          n = 0;

  set_up (pair);
  zab_wire_message_init (&message, ZAB_WIRE_PROGRESS, 1, NULL);
  while ((result = zab_wire_send (pair[0], &message, -1, FALSE)) == ZAB_WIRE_OK)
    n++;
  g_assert_cmpint (result, ==, ZAB_WIRE_NOTHING);
  g_assert_cmpuint (n, >, 0);
  tear_down (pair);
}

static void
test_long_text (void)
{
  ZabWireMessage   message;
  g_autofree char *text = g_malloc0 (2 * ZAB_WIRE_MAX_TEXT + 2);

  text[0] = 'x'; /* so that the cut falls into a character of two bytes */
  for (guint i = 0; i < ZAB_WIRE_MAX_TEXT; i++)
    memcpy (text + 1 + 2 * i, "ü", 2);
  zab_wire_message_init (&message, ZAB_WIRE_ERROR, 1, text);
  g_assert_true (g_utf8_validate (message.text, -1, NULL));
  g_assert_cmpuint (strlen (message.text), ==, ZAB_WIRE_MAX_TEXT - 1);
  zab_wire_message_init (&message, ZAB_WIRE_ERROR, 1, text + 1);
  g_assert_true (g_utf8_validate (message.text, -1, NULL));
  g_assert_cmpuint (strlen (message.text), ==, ZAB_WIRE_MAX_TEXT - 2);
}

static ZabWireResult
pass_raw (int *pair, const void *data, gsize size)
{
  ZabWireMessage message;
  ZabWireResult  result;
  int            fd;

  g_assert_cmpint (send (pair[0], data, size, 0), ==, size);
  result = zab_wire_receive (pair[1], &message, &fd, FALSE);
  g_assert_cmpint (fd, ==, -1);
  return result;
}

static void
test_malformed (void)
{
  int            pair[2];
  ZabWireMessage message;
  char           large[sizeof message + 1] = { 0 };

  set_up (pair);
  zab_wire_message_init (&message, ZAB_WIRE_ERROR, 1, "text");
  g_assert_cmpint (pass_raw (pair, &message, HEAD + 5), ==, ZAB_WIRE_OK);
  g_assert_cmpint (pass_raw (pair, &message, 1), ==, ZAB_WIRE_INVALID);
  g_assert_cmpint (pass_raw (pair, &message, HEAD), ==, ZAB_WIRE_INVALID);
  g_assert_cmpint (pass_raw (pair, &message, HEAD + 4), ==, ZAB_WIRE_INVALID);
  g_assert_cmpint (pass_raw (pair, large, sizeof large), ==, ZAB_WIRE_INVALID);
  message.text[0] = (char)0xff;
  g_assert_cmpint (pass_raw (pair, &message, HEAD + 5), ==, ZAB_WIRE_INVALID);
  message.text[0] = 't';
  message.type = ZAB_WIRE_N_TYPES;
  g_assert_cmpint (pass_raw (pair, &message, HEAD + 5), ==, ZAB_WIRE_INVALID);
  tear_down (pair);
}

/* A packet of @size bytes with descriptors that nobody asked for: they do not stay open. */
static void
assert_descriptors_are_closed (gsize size, guint n_fds, ZabWireResult result)
{
  union
  {
    struct cmsghdr header;
    char           space[CMSG_SPACE (4 * sizeof (int))];
  } control = { 0 };
  int            pair[2];
  ZabWireMessage message;
  struct iovec   data = { &message, size };
  struct msghdr  packet = { .msg_iov = &data,
                            .msg_iovlen = 1,
                            .msg_control = &control,
                            .msg_controllen = CMSG_SPACE (n_fds * sizeof (int)) };
  const int      fds[4] = { 0, 0, 0, 0 };
  guint          before;
  int            fd;

  set_up (pair);
  before = count_fds ();
  zab_wire_message_init (&message, ZAB_WIRE_SUCCESS, 1, NULL);
  control.header = (struct cmsghdr){ .cmsg_level = SOL_SOCKET,
                                     .cmsg_type = SCM_RIGHTS,
                                     .cmsg_len = CMSG_LEN (n_fds * sizeof (int)) };
  memcpy (CMSG_DATA (&control.header), fds, n_fds * sizeof (int));
  g_assert_cmpint (sendmsg (pair[0], &packet, 0), ==, (gssize)size);
  g_assert_cmpint (zab_wire_receive (pair[1], &message, &fd, FALSE), ==, result);
  g_assert_cmpint (fd, ==, -1);
  g_assert_cmpuint (count_fds (), ==, before);
  tear_down (pair);
}

static void
test_unasked_descriptors (void)
{
  assert_descriptors_are_closed (HEAD + 1, 4, ZAB_WIRE_INVALID);
  assert_descriptors_are_closed (HEAD, 1, ZAB_WIRE_INVALID);
  assert_descriptors_are_closed (0, 1, ZAB_WIRE_CLOSED);
}

/* Whatever comes, what is accepted has the form of a message. */
static void
test_noise (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  int            pair[2];
  ZabWireMessage message;
  ZabWireMessage out;
  int            fd;

  set_up (pair);
  for (guint i = 0; i < 20000; i++)
    {
      const gsize size = (gsize)g_rand_int_range (rand, 1, 256);
      guint8     *bytes = (guint8 *)&message;

      for (gsize k = 0; k < size; k++)
        bytes[k] = (guint8)g_rand_int_range (rand, 0, k < 4 || k > HEAD ? 16 : 256);
      g_assert_cmpint (send (pair[0], &message, size, 0), ==, size);
      if (zab_wire_receive (pair[1], &out, &fd, FALSE) != ZAB_WIRE_OK)
        continue;
      g_assert_cmpuint (out.type, <, ZAB_WIRE_N_TYPES);
      g_assert_cmpuint (strlen (out.text), <=, size - HEAD);
    }
  tear_down (pair);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/engine/wire/round-trip", test_round_trip);
  zab_test_add ("/engine/wire/descriptor", test_descriptor);
  zab_test_add ("/engine/wire/closed", test_closed);
  zab_test_add ("/engine/wire/full", test_full);
  zab_test_add ("/engine/wire/long-text", test_long_text);
  zab_test_add ("/engine/wire/malformed", test_malformed);
  zab_test_add ("/engine/wire/unasked-descriptors", test_unasked_descriptors);
  zab_test_add ("/engine/wire/noise", test_noise);
  return g_test_run ();
}
