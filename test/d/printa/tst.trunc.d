/* SPDX-License-Identifier: MIT */
/*
 * trunc(@, n) keeps the n largest values, trunc(@, -n) the n smallest, trunc(@) none.
 */
BEGIN { @a[1] = sum(1); @a[2] = sum(2); @a[3] = sum(3); @b[1] = sum(1); @b[2] = sum(2); @b[3] = sum(3); @c[1] = sum(1); }
BEGIN { trunc(@a, 2); trunc(@b, -2); trunc(@c); printa("a%d %@d\n", @a); printa("b%d %@d\n", @b); printa("c%d %@d\n", @c); exit(0); }
