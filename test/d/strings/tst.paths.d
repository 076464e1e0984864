/* SPDX-License-Identifier: MIT */
/*
 * basename(), dirname() and cleanpath().
 */
BEGIN {
	printf("%s %s %s ", basename("/a/b/c"), dirname("/a/b/c"), cleanpath("/a/./b/../c//d"));
	printf("%s %s %s", basename("/"), dirname("c"), dirname("/c"));
	exit(0);
}
