/* SPDX-License-Identifier: MIT */
/*
 * Division and remainder by zero, in every width.
 */
int zero; int64_t wide; uint8_t narrow;
BEGIN { trace(1 / zero); }
BEGIN { trace(1 % wide); }
BEGIN { x = 7; x /= narrow; }
BEGIN { printf("%d", x); exit(0); }
