/* SPDX-License-Identifier: MIT */
/*
 * Integers in three bases, with suffixes, and characters, one or several.
 */
BEGIN
{
	printf("%d %d %d %d\n", 0x1F, 017, 42u, 1LL);
	printf("%d %d %d %x\n", 'a', '\n', '\101', 'ab');
	printf("%d %d %d\n", sizeof (1), sizeof (1LL), sizeof (0x100000000));
	printf("%u\n", 18446744073709551615);
	exit(0);
}
