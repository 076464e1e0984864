/* SPDX-License-Identifier: MIT */
/*
 * A string for %d.
 */
BEGIN { printf("%d", "x"); }
