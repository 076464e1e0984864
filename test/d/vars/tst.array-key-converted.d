/* SPDX-License-Identifier: MIT */
/*
 * A key is converted to the type of its place in the array.
 */
int a[char, uint64_t];
BEGIN { a[1, -1] = 7; }
BEGIN { printf("%d %d %d", a[257, 0xffffffffffffffff], a[(short)1, -1LL], a[1, 1]); exit(0); }
