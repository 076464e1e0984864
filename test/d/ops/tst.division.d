/* SPDX-License-Identifier: MIT */
/*
 * / and % go towards zero.
 */
BEGIN { x = -7; y = 2; printf("%d %d %d %d %d %d", x / y, x % y, -x / y, x / -y, x % -y, (uint64_t)-7 / 2); exit(0); }
