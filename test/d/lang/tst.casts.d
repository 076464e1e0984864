/* SPDX-License-Identifier: MIT */
/*
 * A name in parentheses is a cast only if it is a type and an operand follows.
 */
typedef unsigned char byte;
typedef int offset;
BEGIN
{
	x = 300; offset = 7;
	printf("%d %d %d\n", (byte)x, (offset) - 2, (x) + 1);
	printf("%d %d\n", (char)-1, (unsigned short)-1);
	exit(0);
}
