/* SPDX-License-Identifier: MIT */
/*
 * %S writes a string as C would, without the NUL at its end; %C a character.
 */
BEGIN {
	printf("%S\n", "\a\b\f\n\r\t\v\"\\");
	printf("%S|%10S|%-10S|%.2S\n", "", "ab", "ab", "abc");
	printf("%S\n", "\001\177\200\377");
	printf("%C%C%C%C\n", 0, '\n', 'x', 127);
	exit(0);
}
