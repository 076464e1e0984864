/* SPDX-License-Identifier: MIT */
/*
 * stddev of 1 to 5 is the root of 2, of equal values 0, of large values exact in 128 bits.
 */
BEGIN { @a = stddev(1); @b = stddev(7); @c = stddev(3000000000); @d = stddev(-10); }
BEGIN { @a = stddev(2); @b = stddev(7); @c = stddev(-3000000000); @d = stddev(10); }
BEGIN { @a = stddev(3); @a = stddev(4); @a = stddev(5); printa("%@d %@d %@d %@d", @a, @b, @c, @d); exit(0); }
