/* SPDX-License-Identifier: MIT */
/*
 * sum is of 64 bits, signed.
 */
BEGIN { @a = sum(0x7fffffffffffffff); @a = sum(1); @b = sum(-1); @b = sum(1); @c = sum((char)-1); @d = sum(0xffffffff); }
BEGIN { printa("%@d %@d %@d %@d", @a, @b, @c, @d); exit(0); }
