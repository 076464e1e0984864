/* SPDX-License-Identifier: MIT */
/*
 * substr(): from a place on, at most so many; places before the start count from the end; what is out of range is empty.
 */
BEGIN {
	printf("[%s][%s][%s][%s]", substr("abcdef", 2), substr("abcdef", 2, 2), substr("abcdef", 0, 100), substr("abcdef", 6));
	printf("[%s][%s][%s][%s]", substr("abcdef", -2), substr("abcdef", -2, 1), substr("abcdef", 9), substr("abcdef", 1, -2));
	exit(0);
}
