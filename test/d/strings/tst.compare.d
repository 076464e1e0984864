/* SPDX-License-Identifier: MIT */
/*
 * Strings compare by bytes, unsigned; a shorter one comes first; an empty one is less than all.
 */
BEGIN {
	s = "b";
	printf("%d%d%d%d ", s > "a", s > "ab", s < "ba", s >= "b");
	printf("%d%d%d ", "\xff" > "a", "" < "a", s != "b");
	printf("%d%d", execname == execname, strjoin(s, "") == s);
	exit(0);
}
