// SPDX-License-Identifier: GPL-3.0-or-later
baseURLs = [
    ["GObject", "https://docs.gtk.org/gobject/"],
    ["Gio", "https://docs.gtk.org/gio/"],
    ["GLib", "https://docs.gtk.org/glib/"],
]
