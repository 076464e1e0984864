/* SPDX-License-Identifier: MIT */
/*
 * Logical operators give 0 or 1; && and || leave their right side out where the left one decides; ^^ does not.
 */
BEGIN {
	n = 0;
	printf("%d %d %d %d ", 5 && 7, 5 || 0, 5 ^^ 7, 0 ^^ 7);
	printf("%d %d %d ", 0 && ++n, 1 || ++n, n);
	printf("%d %d %d %d", 1 && ++n, 0 || ++n, 1 ^^ ++n, n);
	exit(0);
}
