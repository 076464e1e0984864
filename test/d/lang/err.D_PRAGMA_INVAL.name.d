/* SPDX-License-Identifier: MIT */
/*
 * A pragma that does not exist.
 */
#pragma D nosuch
BEGIN { }
