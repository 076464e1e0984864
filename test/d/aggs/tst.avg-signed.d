/* SPDX-License-Identifier: MIT */
/*
 * avg goes towards zero; negative averages are negative, by %@d too.
 */
BEGIN { @a = avg(-3); @b = avg(3); @c = avg(-1); }
BEGIN { @a = avg(-4); @b = avg(4); @c = avg(0); printa("%@d %@d %@d\n", @a, @b, @c); printa(@a); exit(0); }
