/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Can it be read? The contrast of the texts on pads, from the colours as they are drawn: at least
 * 4.5 for each of the musician's colours, in light and dark, and 7 where high contrast is wanted
 * (WCAG 2.1, 1.4.3 and 1.4.6). */
#include <adwaita.h>
#include <math.h>

#include "engine/zab-engine.h"
#include "lib/zab-test-wav.h"
#include "lib/zab-test.h"
#include "model/zab-session-private.h"
#include "ui/zab-compat.h"
#include "ui/zab-pad-grid.h"
#include "ui/zab-pad-painter.h"
#include "ui/zab-resources.h"

enum
{
  RATE = 48000,
  N_COLORS = ZAB_PAD_COLOR_BROWN + 1,
  READY = 0,          /* pads from here on, one of each colour */
  PLAYING = N_COLORS, /* and from here on */
  FAILED = 2 * N_COLORS,
  EMPTY,
};

typedef struct
{
  ZabSession *session;
  GtkWidget  *window;
  ZabPadGrid *grid;
  guint       n_frames;
} Fixture;

static ZabPad *
get_pad (Fixture *self, guint pad)
{
  return zab_set_get_pad (zab_session_get_set (self->session), pad);
}

static guint
count_playing (Fixture *self)
{
  guint n = 0;

  for (guint i = 0; i < ZAB_SET_N_PADS; i++)
    n += zab_pad_get_playing (get_pad (self, i));
  return n;
}

static gboolean
are_loaded (Fixture *self)
{
  for (guint i = 0; i < FAILED; i++)
    if (!zab_pad_get_has_sample (get_pad (self, i)))
      return FALSE;
  return zab_pad_get_state (get_pad (self, FAILED)) == ZAB_PAD_FAILED;
}

static void
load (Fixture *self)
{
  g_autofree char  *dir = zab_test_make_dir ();
  g_autofree char  *path = g_build_filename (dir, "sound.wav", NULL);
  g_autofree float *frames = g_new0 (float, RATE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) gone = g_file_new_for_path ("/nowhere/gone.wav");
  float out[2 * 480];

  g_assert_true (zab_test_wav_write (path, frames, RATE, 1, RATE, NULL));
  for (guint i = 0; i < FAILED; i++)
    {
      zab_session_load (self->session, i, file);
      zab_pad_set_color (get_pad (self, i), (ZabPadColor)(i % N_COLORS));
    }
  zab_session_load (self->session, FAILED, gone);
  zab_test_wait_until (are_loaded (self));
  for (guint i = PLAYING; i < FAILED; i++)
    zab_session_play (self->session, i, 1);
  zab_engine_render (zab_session_peek_engine (self->session), out, 480);
  zab_test_wait_until (count_playing (self) == N_COLORS);
}

static void
on_after_paint (GdkFrameClock *clock, Fixture *self)
{
  self->n_frames++;
}

/* With a frame, styles are what the states want. */
static void
draw_frame (Fixture *self)
{
  const guint before = self->n_frames;

  gtk_widget_queue_draw (self->window);
  zab_test_wait_until (self->n_frames > before);
}

static void
init (Fixture *self)
{
  *self = (Fixture){ .session = zab_session_new_offline (RATE),
                     .grid = g_object_new (ZAB_TYPE_PAD_GRID, NULL),
                     .window = gtk_window_new () };
  zab_pad_grid_set_session (self->grid, self->session);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->grid));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 650);
  gtk_window_present (GTK_WINDOW (self->window));
  g_signal_connect (gtk_widget_get_frame_clock (self->window), "after-paint",
                    G_CALLBACK (on_after_paint), self);
  load (self);
  draw_frame (self);
  draw_frame (self);
}

static void
clear (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  zab_test_drain ();
  zab_session_shut_down (self->session);
  g_assert_finalize_object (self->session);
}

/* The pad as it is drawn, without what is behind it: the colour inside its left edge, where nothing
 * is written. */
static GdkRGBA
get_drawn (GtkWidget *pad)
{
  const int width = gtk_widget_get_width (pad), height = gtk_widget_get_height (pad);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (pad);
  GtkSnapshot     *snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t         *cr = cairo_create (surface);
  GskRenderNode   *node;
  guint32          pixel;
  float            alpha;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  pixel = *(guint32 *)(void *)(cairo_image_surface_get_data (surface)
                               + height / 2 * cairo_image_surface_get_stride (surface) + 5 * 4);
  cairo_surface_destroy (surface);
  alpha = (float)(pixel >> 24) / 255;
  g_assert_cmpfloat (alpha, >, 0);
  return (GdkRGBA){ (float)(pixel >> 16 & 255) / 255 / alpha,
                    (float)(pixel >> 8 & 255) / 255 / alpha, (float)(pixel & 255) / 255 / alpha,
                    alpha };
}

static GdkRGBA
lay_over (GdkRGBA over, GdkRGBA under)
{
  const float a = over.alpha;

  return (GdkRGBA){ over.red * a + under.red * (1 - a), over.green * a + under.green * (1 - a),
                    over.blue * a + under.blue * (1 - a), 1 };
}

static double
linear (float channel)
{
  const double c = (double)channel;

  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
get_luminance (GdkRGBA color)
{
  return 0.2126 * linear (color.red) + 0.7152 * linear (color.green) + 0.0722 * linear (color.blue);
}

static double
get_contrast (GdkRGBA a, GdkRGBA b)
{
  const double one = get_luminance (a), other = get_luminance (b);

  return (MAX (one, other) + 0.05) / (MIN (one, other) + 0.05);
}

static GdkRGBA
get_window_color (Fixture *self)
{
  GdkRGBA color;

  g_assert_true (gtk_style_context_lookup_color (gtk_widget_get_style_context (self->window),
                                                 "window_bg_color", &color));
  return color;
}

/* Its small texts, which are the palest. */
static double
get_text_contrast (Fixture *self, guint index)
{
  GtkWidget *pad = gtk_widget_get_first_child (GTK_WIDGET (self->grid));
  GdkRGBA    text, under;

  for (guint i = 0; i < index; i++)
    pad = gtk_widget_get_next_sibling (pad);
  under = lay_over (get_drawn (pad), get_window_color (self));
  zab_compat_get_color (pad, &text);
  text.alpha *= zab_pad_painter_get_dim (index >= PLAYING && index < FAILED);
  return get_contrast (lay_over (text, under), under);
}

static void
assert_readable (Fixture *self, const char *scheme)
{
  const gboolean high = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  guint          n_bad = 0;

  for (guint i = 0; i <= EMPTY; i++)
    {
      const double contrast = get_text_contrast (self, i);

      g_test_message ("%s%s: pad %u, %s: %.2f", high ? "high contrast, " : "", scheme, i,
                      zab_pad_type_get_nick (ZAB_TYPE_PAD_COLOR, (int)(i % N_COLORS)), contrast);
      n_bad += contrast < (high ? 7 : 4.5);
    }
  g_assert_cmpuint (n_bad, ==, 0);
}

static void
test_contrast (gconstpointer dark)
{
  Fixture self;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
  init (&self);
  assert_readable (&self, dark ? "dark" : "light");
  clear (&self);
}

/* The control: what is known of black, white and grey. */
static void
test_formula (void)
{
  const GdkRGBA black = { 0, 0, 0, 1 }, white = { 1, 1, 1, 1 };
  const GdkRGBA grey = { 119 / 255.0f, 119 / 255.0f, 119 / 255.0f, 1 };

  g_assert_cmpfloat_with_epsilon (get_contrast (black, white), 21, 0.001);
  g_assert_cmpfloat_with_epsilon (get_contrast (white, grey), 4.48, 0.01);
  g_assert_cmpfloat_with_epsilon (get_contrast (grey, grey), 1, 0.001);
}

/* As the application has it. */
static void
load_style (const char *path)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (style, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  adw_init ();
  zab_register_resource ();
  load_style ("/io/github/zabumba/Zabumba/style.css");
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    load_style ("/io/github/zabumba/Zabumba/high-contrast.css");
  zab_test_add ("/ui/pad-contrast/formula", test_formula);
  g_test_add_data_func ("/ui/pad-contrast/light", NULL, test_contrast);
  g_test_add_data_func ("/ui/pad-contrast/dark", GINT_TO_POINTER (TRUE), test_contrast);
  return g_test_run ();
}
