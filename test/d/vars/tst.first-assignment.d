/* SPDX-License-Identifier: MIT */
/*
 * The first assignment declares a global: its type is the type of the value.
 */
BEGIN { a = 'x'; b = (char)1; c = 1LL; d = "text"; e = (short)1; f = 1U; g = curthread; }
BEGIN {
	printf("%d %d %d %d %d %d", sizeof (a), sizeof (b), sizeof (c), sizeof (e), sizeof (f), sizeof (g));
	b = 257;
	printf(" %d %s", b, d);
	exit(0);
}
