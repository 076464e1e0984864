/* SPDX-License-Identifier: MIT */
/*
 * Operators bind as in C, ^^ between || and &&.
 */
BEGIN
{
	printf("%d %d %d %d\n", 2 + 3 * 4, 20 - 5 - 3, 100 / 5 / 2, 1 << 2 + 1);
	printf("%d %d %d %d\n", 1 | 6 & 4, 5 ^ 1 | 2, 1 == 1 & 0, 7 & 3 == 3);
	printf("%d %d %d\n", 1 || 1 ^^ 1, 1 ^^ 1 && 0, 0 || 0 ^^ 1);
	printf("%d %d %d\n", -2 * -3, !0 + 1, ~0 + 1);
	printf("%d %d\n", 1 ? 2 : 0 ? 3 : 4, 0 ? 2 : 0 ? 3 : 4);
	exit(0);
}
