/* SPDX-License-Identifier: MIT */
/*
 * A precision of 0 is none: the whole string, the number as it is.
 */
BEGIN { printf("[%.0s][%5.0d][%.*d]\n", "hello", 7, 0, 0); exit(0); }
