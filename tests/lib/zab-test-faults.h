/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes the place of open (), write (), fsync (), rename () and close () in the whole program,
 * those of GLib included, so that a chosen call fails, or is the last that the process makes. Only
 * while armed, and only in the thread that armed it. */
typedef enum
{
  ZAB_TEST_FAULT_OPEN,
  ZAB_TEST_FAULT_WRITE,
  ZAB_TEST_FAULT_FSYNC,
  ZAB_TEST_FAULT_RENAME,
  ZAB_TEST_FAULT_CLOSE,
  ZAB_TEST_FAULT_N_KINDS,
  ZAB_TEST_FAULT_ANY = ZAB_TEST_FAULT_N_KINDS,
} ZabTestFault;

/* The @nth call (from 1) of the kind fails with @number; a write puts half of its data down before.
 * Number 0: it kills the process with SIGKILL instead. */
void zab_test_faults_arm (ZabTestFault kind, guint nth, int number);

/* How many calls of the kind there were since; TRUE in @hit when the chosen one was among them. */
guint zab_test_faults_disarm (gboolean *hit);

G_END_DECLS
