/* SPDX-License-Identifier: MIT */
/*
 * An array's element may be an operand of everything that takes a variable.
 */
BEGIN { a[1] = 7; a[1] <<= 2; a[1] |= 1; a[1] %= 20; a[1] -= -1; this->old = a[1]++; this->new = ++a[1]; }
BEGIN { printf("%d %d %d %d", this->old, this->new, a[1], -a[1]); exit(0); }
