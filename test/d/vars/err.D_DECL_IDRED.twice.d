/* SPDX-License-Identifier: MIT */
/*
 * Two declarations with different types.
 */
int x; char x;
BEGIN { exit(0); }
