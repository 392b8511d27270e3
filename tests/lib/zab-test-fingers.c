/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lib/zab-test-fingers.h"

#include <gio/gunixsocketaddress.h>

#include "lib/zab-test-process.h"
#include "lib/zab-test.h"

enum
{
  WIDTH = 1280,
  HEIGHT = 1024,
  FULL = 65535 /* the far edge of the device */
};

/* inputtestdrv (4): messages begin with their length in bytes and their kind. */
enum
{
  SEND_VERSION = 0,
  SEND_SYNC = 1,
  SEND_TOUCH = 6,
  TOUCH_BEGIN = 18, /* as in the X Input Extension */
  TOUCH_UPDATE = 19,
  TOUCH_END = 20,
  N_AXES = 64
};

typedef struct
{
  guint32 length, kind;
} Header;

typedef struct
{
  Header  header;
  guint16 major, minor;
} Version;

typedef struct
{
  Header  header;
  guint32 finger, what;
  guint32 has_raw;
  guint8  mask[N_AXES / 8];
  double  axes[N_AXES]; /* the first two are the place */
  double  raw[N_AXES];
} Touch;

struct _ZabTestFingers
{
  ZabTestProcess    *server;
  GSocketConnection *driver;
  char              *display; /* that it took the place of */
};

static char *
write_config (const char *dir)
{
  g_autofree char *text = g_strdup_printf (
      "Section \"ServerFlags\"\n Option \"AutoAddDevices\" \"false\"\nEndSection\n"
      "Section \"Device\"\n Identifier \"video\"\n Driver \"dummy\"\n VideoRam 65536\nEndSection\n"
      "Section \"Monitor\"\n Identifier \"monitor\"\n HorizSync 5-1000\n VertRefresh 5-200\n"
      "EndSection\n"
      "Section \"Screen\"\n Identifier \"screen\"\n Device \"video\"\n Monitor \"monitor\"\n"
      " DefaultDepth 24\n SubSection \"Display\"\n  Depth 24\n  Modes \"%dx%d\"\n EndSubSection\n"
      "EndSection\n"
      "Section \"InputDevice\"\n Identifier \"fingers\"\n Driver \"inputtest\"\n"
      " Option \"SocketPath\" \"%s/fingers\"\n Option \"DeviceType\" \"Touch\"\nEndSection\n"
      "Section \"ServerLayout\"\n Identifier \"layout\"\n Screen \"screen\"\n"
      " InputDevice \"fingers\" \"SendCoreEvents\"\nEndSection\n",
      WIDTH, HEIGHT, dir);
  g_autofree char *path = g_build_filename (dir, "xorg.conf", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

static void
start_server (ZabTestFingers *self, const char *dir)
{
  g_autofree char *config = write_config (dir);
  g_autofree char *log = g_build_filename (dir, "log", NULL);
  g_autofree char *line = NULL;
  g_autofree char *display = NULL;

  /* Packages: xserver-xorg-core, xserver-xorg-video-dummy. */
  self->server = zab_test_process_new (
      (const char *[]){ "Xorg", "-config", config, "-logfile", log, "-noreset", "-nolisten", "tcp",
                        "-novtswitch", "-sharevts", "-displayfd", "1", NULL });
  line = zab_test_process_read_line (self->server);
  if (line == NULL)
    g_error ("Xorg does not start: see %s", log);
  display = g_strconcat (":", line, NULL);
  self->display = g_strdup (g_getenv ("DISPLAY"));
  g_setenv ("DISPLAY", display, TRUE);
}

static void
send (ZabTestFingers *self, const void *message, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (self->driver)), message,
                             size, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
receive (ZabTestFingers *self, void *answer, gsize size)
{
  g_autoptr (GError) error = NULL;
  gsize n;

  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (self->driver)), answer, size,
                           &n, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, size);
}

static void
connect_driver (ZabTestFingers *self, const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "fingers", NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GError) error = NULL;
  Version version = { { sizeof version, SEND_VERSION }, 1, 1 };

  self->driver = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  g_assert_no_error (error);
  send (self, &version, sizeof version);
  receive (self, &version, sizeof version);
  g_assert_cmpuint (version.major, ==, 1);
}

ZabTestFingers *
zab_test_fingers_new (void)
{
  ZabTestFingers  *self = g_new0 (ZabTestFingers, 1);
  g_autofree char *dir = zab_test_make_dir ();

  start_server (self, dir);
  connect_driver (self, dir);
  return self;
}

void
zab_test_fingers_free (ZabTestFingers *self)
{
  g_object_unref (self->driver);
  zab_test_process_free (self->server);
  g_setenv ("DISPLAY", self->display, TRUE);
  g_free (self->display);
  g_free (self);
}

static void
touch (ZabTestFingers *self, guint32 what, guint finger, int x, int y)
{
  Header sync = { sizeof sync, SEND_SYNC };
  Touch  touch = { .header = { sizeof touch, SEND_TOUCH }, .finger = finger, .what = what };

  touch.mask[0] = 3;
  touch.axes[0] = (x + 0.5) * FULL / WIDTH;
  touch.axes[1] = (y + 0.5) * FULL / HEIGHT;
  send (self, &touch, sizeof touch);
  send (self, &sync, sizeof sync);
  receive (self, &sync, sizeof sync);
}

void
zab_test_fingers_down (ZabTestFingers *self, guint finger, int x, int y)
{
  touch (self, TOUCH_BEGIN, finger, x, y);
}

void
zab_test_fingers_move (ZabTestFingers *self, guint finger, int x, int y)
{
  touch (self, TOUCH_UPDATE, finger, x, y);
}

void
zab_test_fingers_up (ZabTestFingers *self, guint finger, int x, int y)
{
  touch (self, TOUCH_END, finger, x, y);
}
