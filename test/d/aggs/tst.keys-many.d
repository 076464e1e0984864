/* SPDX-License-Identifier: MIT */
/*
 * Eight keys, and a key that is a negative 64-bit number.
 */
BEGIN { @[1, 2, 3, 4, 5, 6, 7, -1LL] = sum(9); exit(0); }
