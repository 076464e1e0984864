/* SPDX-License-Identifier: MIT */
/*
 * An index that leaves the variable is a fault.
 */
int x[10];
BEGIN { n = 10; x[n] = 1; }
BEGIN { n = -1; x[n]++; }
BEGIN { x[9] = 5; n = 9; printf("%d", x[n]); exit(0); }
