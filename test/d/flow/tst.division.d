/* SPDX-License-Identifier: MIT */
/*
 * A division by zero ends its clause, drops its record and is reported; the next clause runs.
 */
int zero;
BEGIN { printf("not seen"); x = 1 / zero; }
BEGIN { printf("seen"); exit(0); }
