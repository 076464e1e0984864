/* SPDX-License-Identifier: MIT */
/*
 * dynvarsize counts what elements need: key, value and 48 bytes.  There is room for four; the fifth
 * is a drop, until one is set to 0.
 * @@ args: -x dynvarsize=256
 */
BEGIN { a[1] = 1; a[2] = 2; a[3] = 3; a[4] = 4; a[5] = 5; }
BEGIN { printf("%d %d %d\n", a[1], a[4], a[5]); }
BEGIN { a[2] = 0; a[5] = 5; }
BEGIN { printf("%d %d %d\n", a[2], a[4], a[5]); exit(0); }
