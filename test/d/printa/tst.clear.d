/* SPDX-License-Identifier: MIT */
/*
 * clear() keeps keys and sets values to zero, also those of min and max.
 */
BEGIN { @a["k"] = count(); @b["k"] = min(5); @c["k"] = max(-5); @d["k"] = avg(4); }
BEGIN { clear(@a); clear(@b); clear(@c); clear(@d); printa("%s %@d %@d %@d %@d\n", @a, @b, @c, @d); exit(0); }
