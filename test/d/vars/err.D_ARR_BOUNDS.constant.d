/* SPDX-License-Identifier: MIT */
/*
 * A constant index outside of an array.
 */
int x[10];
BEGIN { x[10] = 1; }
