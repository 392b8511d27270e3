/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * ZabLaunchMode:
 * @ZAB_LAUNCH_ONE_SHOT: plays through; letting go means nothing
 * @ZAB_LAUNCH_GATE: sounds while it is held
 * @ZAB_LAUNCH_TOGGLE: a press starts it, the next one stops it
 * @ZAB_LAUNCH_LOOP: plays round and round, until it is stopped
 *
 * How pads answer to being pressed and let go.
 */
typedef enum
{
  ZAB_LAUNCH_ONE_SHOT,
  ZAB_LAUNCH_GATE,
  ZAB_LAUNCH_TOGGLE,
  ZAB_LAUNCH_LOOP,
} ZabLaunchMode;

/**
 * ZabRetrigger:
 * @ZAB_RETRIGGER_RESTART: it fades away under the new voice
 * @ZAB_RETRIGGER_ADD: it sounds on
 *
 * What a start does with what the pad sounds already.
 */
typedef enum
{
  ZAB_RETRIGGER_RESTART,
  ZAB_RETRIGGER_ADD,
} ZabRetrigger;

/**
 * ZabQuantise:
 * @ZAB_QUANTISE_FOLLOW: a pad: as the master has it; the master: off
 * @ZAB_QUANTISE_OFF: for nothing
 * @ZAB_QUANTISE_1_16: the next sixteenth
 * @ZAB_QUANTISE_1_8: the next eighth
 * @ZAB_QUANTISE_1_4: the next quarter
 * @ZAB_QUANTISE_1_2: the next half
 * @ZAB_QUANTISE_1_BAR: the next bar
 * @ZAB_QUANTISE_2_BARS: the next of every second bar
 * @ZAB_QUANTISE_4_BARS: the next of every fourth bar
 *
 * What starts and stops wait for, while the transport runs. Notes are fractions of a whole note;
 * the grid begins anew with each bar.
 */
typedef enum
{
  ZAB_QUANTISE_FOLLOW,
  ZAB_QUANTISE_OFF,
  ZAB_QUANTISE_1_16,
  ZAB_QUANTISE_1_8,
  ZAB_QUANTISE_1_4,
  ZAB_QUANTISE_1_2,
  ZAB_QUANTISE_1_BAR,
  ZAB_QUANTISE_2_BARS,
  ZAB_QUANTISE_4_BARS,
} ZabQuantise;
