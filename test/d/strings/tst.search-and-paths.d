/* SPDX-License-Identifier: MIT */
/*
 * strstr, strchr, strrchr, rindex, dirname, cleanpath, toupper, tolower and strtoll, with what is at the edges.
 */
BEGIN {
	printf("%s|%s|%s|", strstr("hello world", "lo w"), strstr("abc", ""), strstr("abc", "abcd"));
	printf("%s|%s|%s|", strchr("a/b/c", '/'), strrchr("a/b/c", '/'), strchr("abc", 'x'));
	printf("%d %d %d %d|", rindex("abcabc", "bc"), rindex("abcabc", "bc", 3), rindex("abc", "", 9), index("", ""));
	printf("%d %d|", index("a long enough text to search in", "text to search in"), index("aaaaaaaab", "aaaaaaab"));
	printf("%s|%s|%s|%s|", dirname("/usr/lib/"), dirname("x"), dirname("/"), basename("///"));
	printf("%s|%s|%s|", cleanpath("/a/./b//c/../d"), cleanpath("/.."), cleanpath("a/../b"));
	printf("%s|%s|", toupper("aZ{[1"), tolower("AzZ@`"));
	printf("%d %d %d %d", strtoll("  -12x"), strtoll("0x1f", 16), strtoll("777", 8), strtoll(""));
	exit(0);
}
