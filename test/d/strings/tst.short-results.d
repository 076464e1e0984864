/* SPDX-License-Identifier: MIT */
/*
 * What a function makes has strsize - 1 characters at most, also where it is not stored: here 9 - 1.
 * @@ flags: -q -x strsize=9
 */
BEGIN
{
	printf("%d %d %d %d\n", strlen(strjoin("abcdefgh", "ijkl")), strlen(lltostr(1234567890123)), strlen(toupper("abcdefghijkl")), strlen(cleanpath("/abcdefg/hijkl")));
	printf("%d %s", strjoin("abcdefgh", "ij") == "abcdefgh", strjoin("abcdefgh", "ij"));
	exit(0);
}
