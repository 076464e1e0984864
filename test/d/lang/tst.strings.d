/* SPDX-License-Identifier: MIT */
/*
 * Escapes of C in strings; adjacent literals are one.
 */
BEGIN
{
	printf("%s|%s|%s\n", "a\tb", "\101\x42\"", "one" "two");
	exit(0);
}
