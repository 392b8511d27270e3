/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the program and its load workers say to each other: packets on a pair of SOCK_SEQPACKET
 * sockets, each with one file descriptor at most. Neither side trusts the form of what it
 * receives; whether it is true is for the caller to find out. */

enum
{
  ZAB_WIRE_VERSION = 6, /* of all below: both ends must come from the same build */
  ZAB_WIRE_MAX_TEXT = 4096,
  ZAB_WIRE_CREDIT = 4 << 20 /* bytes that a load takes before it asks for more */
};

typedef enum
{
  /* To the worker. */
  ZAB_WIRE_LOAD,   /* with the open file; text: its name */
  ZAB_WIRE_CANCEL, /* ends with ERROR, or with what was already on its way */
  ZAB_WIRE_GRANT,  /* what RESERVE asked for may be taken */

  /* From the worker. */
  ZAB_WIRE_READY,    /* once, first: load is 0 */
  ZAB_WIRE_PROGRESS, /* the stage and fraction, of loads that take long enough */
  ZAB_WIRE_RESERVE,  /* so many bytes are needed beyond the credit; it waits for GRANT or CANCEL */
  ZAB_WIRE_PART,     /* with a sealed memfd of ZAB_SAMPLE_PART bytes of frames; more will follow */
  ZAB_WIRE_SUCCESS,  /* with that of the last ones; text: the warning, or empty */
  ZAB_WIRE_ERROR,    /* text: the message, translated */
  ZAB_WIRE_N_TYPES
} ZabWireType;

typedef struct
{
  guint32 type; /* ZabWireType */
  guint32 load; /* which one is meant */
  union
  {
    struct
    {
      guint32 version;
      gint32  landlock; /* its version; 0: none */
      guint32 seccomp;  /* TRUE: filtered */
    } ready;
    struct
    {
      guint32 rate;        /* Hz, wanted */
      guint32 converter;   /* ZabConverter */
      guint32 max_seconds; /* of the file; 0: all of it */
      guint32 alone;       /* TRUE: no other file is loaded */
    } request;
    struct
    {
      double  fraction; /* 0..1, or -1 */
      guint32 stage;    /* ZabLoadStage */
    } progress;
    struct
    {
      guint64 n_frames;
      double  file_duration; /* seconds; 0: not known */
      double  tempo;         /* beats a minute; 0: not known */
      guint32 channels;
      guint32 source_rate; /* Hz */
    } success;
    guint64 n_bytes;    /* RESERVE */
    guint32 error_code; /* ZabLoadError */
  };
  char text[ZAB_WIRE_MAX_TEXT];
} ZabWireMessage;

typedef enum
{
  ZAB_WIRE_OK,
  ZAB_WIRE_NOTHING, /* nothing there yet, or no room to send */
  ZAB_WIRE_CLOSED,  /* the other end is gone */
  ZAB_WIRE_INVALID, /* that was no message */
} ZabWireResult;

/* @text may be NULL; too long a text is cut between two characters. Thread: any. */
void zab_wire_message_init (ZabWireMessage *self, ZabWireType type, guint32 load, const char *text);

/* Sends the message, with @fd (borrowed) if it is not -1. Thread: any. */
ZabWireResult zab_wire_send (int socket, const ZabWireMessage *message, int fd, gboolean wait);

/* Receives one. @fd is set to the descriptor that came with it (now the caller's), or -1. The type
 * is one of ours and the text is UTF-8 that ends. Thread: any. */
ZabWireResult zab_wire_receive (int socket, ZabWireMessage *message, int *fd, gboolean wait);

G_END_DECLS
