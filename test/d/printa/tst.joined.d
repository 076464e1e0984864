/* SPDX-License-Identifier: MIT */
/*
 * Several aggregations are joined by key; a missing value is zero.
 */
BEGIN { @a["x"] = sum(1); @b["x"] = sum(10); @b["y"] = sum(20); }
BEGIN { printa("%s %@d %@d\n", @a, @b); printa(@a, @b); exit(0); }
