/* SPDX-License-Identifier: MIT */
/*
 * * and .* take their numbers from the arguments, width first; a width below zero means the left.
 */
BEGIN {
	printf("[%*d][%*d][%-*d]\n", 6, 42, -6, 42, 6, 42);
	printf("[%*.*s][%.*s]\n", 8, 3, "abcdef", 4, "abcdef");
	printf("[%0*d]\n", 5, 42);
	exit(0);
}
