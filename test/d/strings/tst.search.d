/* SPDX-License-Identifier: MIT */
/*
 * strchr(), strrchr() and strstr() give the rest of the text.
 */
BEGIN {
	printf("%s %s %s ", strchr("a/b/c", '/'), strrchr("a/b/c", '/'), strstr("key=value", "="));
	printf("%d %d", strchr("abc", 'x') == NULL, strstr("abc", "bd") == NULL);
	exit(0);
}
