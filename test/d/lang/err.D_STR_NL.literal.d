/* SPDX-License-Identifier: MIT */
/*
 * A string ends on its line.
 */
BEGIN { printf("a
b"); }
