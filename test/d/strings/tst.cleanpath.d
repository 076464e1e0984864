/* SPDX-License-Identifier: MIT */
/*
 * cleanpath() gives all characters of a path that is as long as strings may be; ".." that nothing
 * takes back stays.
 * @@ flags: -q -x strsize=16
 */
BEGIN
{
	printf("%s|%s|%s\n", cleanpath("../.."), cleanpath("../../x/../../y"), cleanpath("a/../b"));
	printf("%s|%s\n", cleanpath("/a/bcdefghij/kl"), cleanpath("/abcdefghijk/.."));
	exit(0);
}
