/* SPDX-License-Identifier: MIT */
/*
 * min and max of signed values: first of one, then of more, below and above zero.
 */
BEGIN { @a = min(-5); @b = max(-5); @c = min(7); @d = max(7); }
BEGIN { @a = min(3); @b = max(-9); @c = min(9); @d = max(-7); @e = min(0); @f = max(0); @g = min(-0x7fffffffffffffff); }
BEGIN { printa("%@d %@d %@d %@d %@d %@d %@d", @a, @b, @c, @d, @e, @f, @g); exit(0); }
