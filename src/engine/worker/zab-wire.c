/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/worker/zab-wire.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Room for one descriptor; alignment lets a second one through. */
typedef union
{
  struct cmsghdr header;
  char           space[CMSG_SPACE (sizeof (int))];
} Control;

static const gsize HEAD = G_STRUCT_OFFSET (ZabWireMessage, text);

void
zab_wire_message_init (ZabWireMessage *self, ZabWireType type, guint32 load, const char *text)
{
  const char *end;

  memset (self, 0, HEAD);
  self->type = type;
  self->load = load;
  g_strlcpy (self->text, text != NULL ? text : "", sizeof self->text);
  g_utf8_validate (self->text, -1, &end);
  self->text[end - self->text] = '\0';
}

ZabWireResult
zab_wire_send (int socket, const ZabWireMessage *message, int fd, gboolean wait)
{
  struct iovec  data = { (void *)message, HEAD + strlen (message->text) + 1 };
  Control       control = { 0 };
  struct msghdr packet = { .msg_iov = &data, .msg_iovlen = 1 };
  gssize        n;

  if (fd >= 0)
    {
      control.header.cmsg_level = SOL_SOCKET;
      control.header.cmsg_type = SCM_RIGHTS;
      control.header.cmsg_len = CMSG_LEN (sizeof fd);
      memcpy (CMSG_DATA (&control.header), &fd, sizeof fd);
      packet.msg_control = &control;
      packet.msg_controllen = sizeof control;
    }
  do
    n = sendmsg (socket, &packet, MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT));
  while (n < 0 && errno == EINTR);
  if (n < 0)
    return errno == EAGAIN ? ZAB_WIRE_NOTHING : ZAB_WIRE_CLOSED;
  return ZAB_WIRE_OK;
}

/* The first descriptor that came, or -1; all others are closed. */
static int
take_fd (struct msghdr *packet)
{
  int fd = -1;

  for (struct cmsghdr *header = CMSG_FIRSTHDR (packet); header != NULL;
       header = CMSG_NXTHDR (packet, header))
    {
      gsize n_fds;

      if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
        continue;
      n_fds = (header->cmsg_len - CMSG_LEN (0)) / sizeof (int);
      for (gsize i = 0; i < n_fds; i++)
        {
          int one;

          memcpy (&one, CMSG_DATA (header) + i * sizeof one, sizeof one);
          if (fd < 0)
            fd = one;
          else
            close (one);
        }
    }
  return fd;
}

static gboolean
is_well_formed (const ZabWireMessage *message, gsize size, int flags)
{
  const gsize length = size - HEAD; /* of the text, with its end */

  return (flags & (MSG_TRUNC | MSG_CTRUNC)) == 0 && message->type < ZAB_WIRE_N_TYPES
         && message->text[length - 1] == '\0' && g_utf8_validate (message->text, -1, NULL);
}

ZabWireResult
zab_wire_receive (int socket, ZabWireMessage *message, int *fd, gboolean wait)
{
  struct iovec  data = { message, sizeof *message };
  Control       control;
  struct msghdr packet = {
    .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };
  gssize n;

  *fd = -1;
  do
    n = recvmsg (socket, &packet, MSG_CMSG_CLOEXEC | (wait ? 0 : MSG_DONTWAIT));
  while (n < 0 && errno == EINTR);
  if (n < 0)
    return errno == EAGAIN ? ZAB_WIRE_NOTHING : ZAB_WIRE_CLOSED;
  *fd = take_fd (&packet);
  if ((gsize)n > HEAD && is_well_formed (message, (gsize)n, packet.msg_flags))
    return ZAB_WIRE_OK;
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
  return n > 0 ? ZAB_WIRE_INVALID : ZAB_WIRE_CLOSED;
}
