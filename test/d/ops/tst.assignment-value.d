/* SPDX-License-Identifier: MIT */
/*
 * An assignment's value is what was stored, in the type of the variable.
 */
int8_t c;
BEGIN { x = c = 300; printf("%d %d %d", x, c, (c += 100) + 1); exit(0); }
