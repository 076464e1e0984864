/* SPDX-License-Identifier: MIT */
/*
 * index() and rindex(), with and without a place to begin.
 */
BEGIN {
	printf("%d %d %d %d ", index("abcabc", "c"), index("abcabc", "c", 3), index("abcabc", "x"), index("abcabc", ""));
	printf("%d %d %d %d", rindex("abcabc", "c"), rindex("abcabc", "c", 4), rindex("abcabc", "x"), rindex("abcabc", "abc", 2));
	exit(0);
}
