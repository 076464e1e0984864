/* SPDX-License-Identifier: MIT */
/* Wide characters (wchar_t is an int), alone and as a text. */
struct text { int c[4]; };
struct text x;
BEGIN
{
	x.c[0] = 0xe9;
	x.c[1] = 0x4e2d;
	x.c[2] = 'c';
	printf("%ls %ws %lc %wc %C", x.c, x.c, x.c[1], x.c[2], x.c[2]);
	exit(0);
}
