/* SPDX-License-Identifier: MIT */
/*
 * An operation has the type of its operand of higher rank, shifts included: nothing is promoted to
 * int, and what is recorded is cut to that type.
 */
BEGIN {
	s = (int64_t)40;
	a = (unsigned char)200;
	b = (unsigned char)100;
	printf("%d %d %d %d ", 1 << s, a + b, (unsigned char)200 + (unsigned char)100, -a);
	printf("%d %d %d %d", a + 100, (short)30000 + (short)30000, ~b, sizeof (a + b));
	exit(0);
}
