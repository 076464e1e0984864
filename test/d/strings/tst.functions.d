/* SPDX-License-Identifier: MIT */
/*
 * strlen, strjoin, substr, index, basename and lltostr.
 */
BEGIN {
	printf("%d %d|", strlen("hello"), strlen(""));
	printf("%s|%s|", strjoin("foo", "bar"), strjoin("", "x"));
	printf("%s|%s|%s|", substr("hello", 1), substr("hello", 1, 3), substr("hello", -3, 2));
	printf("%d %d %d|", index("hello", "l"), index("hello", "zz"), index("hello", "l", 3));
	printf("%s|%s|%s|", basename("/usr/bin/ls"), basename("ls"), basename("/usr/"));
	printf("%s|%s|%s", lltostr(0), lltostr(-15), lltostr(255, 16));
	exit(0);
}
