/* SPDX-License-Identifier: MIT */
/*
 * aggsortpos says which of several aggregations rules; the others follow.
 */
#pragma D option aggsortpos=1
BEGIN { @a[1] = sum(1); @b[1] = sum(30); @a[2] = sum(2); @b[2] = sum(20); @a[3] = sum(0); @b[3] = sum(30); }
BEGIN { printa("%d %@d %@d\n", @a, @b); exit(0); }
