/* SPDX-License-Identifier: MIT */
/*
 * ?: takes one side only, nests to the right, and gives the common type of both.
 */
BEGIN {
	n = 0;
	x = 5;
	printf("%s %d %d ", x > 3 ? "big" : "small", x < 3 ? n++ : 9, n);
	printf("%d %d ", 0 ? 1 : 0 ? 2 : 3, sizeof (1 ? (char)1 : 1LL));
	printf("%s", x == 1 ? "one" : x == 5 ? execname == "" ? "none" : "five" : "many");
	exit(0);
}
