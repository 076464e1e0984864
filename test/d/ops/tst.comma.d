/* SPDX-License-Identifier: MIT */
/*
 * The comma gives its right side, after its left one.
 */
BEGIN { x = (y = 3, y + 4); printf("%d %d", x, (x++, ++x)); exit(0); }
