/* SPDX-License-Identifier: MIT */
/*
 * Without the option 14 blanks stand before a frame.
 */
BEGIN { stack(1); exit(0); }
