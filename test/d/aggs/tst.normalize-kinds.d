/* SPDX-License-Identifier: MIT */
/*
 * normalize() divides sums, counts, averages, minima and maxima at printing; sorting does not know of it.
 */
BEGIN { @s["x"] = sum(-100); @s["y"] = sum(77); @c = count(); @a = avg(50); @m = max(99); }
BEGIN { normalize(@s, 10); normalize(@c, 1); normalize(@a, 7); normalize(@m, 10); }
BEGIN { printa("%s=%@d ", @s); printa("%@d %@d %@d\n", @c, @a, @m); denormalize(@s); printa("%s=%@d ", @s); exit(0); }
