/* SPDX-License-Identifier: MIT */
/*
 * Assignment is an expression and binds to the right; compound forms compute in place.
 */
BEGIN
{
	a = b = 3;
	a += b *= 2;
	c = (a, b);
	printf("%d %d %d\n", a, b, c);
	a <<= 2; b >>= 1; c %= 4; a |= 1; b ^= 7; c &= 3; a -= 1; b /= 2;
	printf("%d %d %d\n", a, b, c);
	d = a++ + ++a; e = b-- - --b;
	printf("%d %d %d %d\n", a, d, b, e);
	exit(0);
}
