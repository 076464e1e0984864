/* SPDX-License-Identifier: MIT */
/*
 * One option a line.
 */
#pragma D option quiet destructive
BEGIN { }
