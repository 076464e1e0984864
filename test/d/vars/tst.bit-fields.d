/* SPDX-License-Identifier: MIT */
/*
 * Bit-fields of one's own structures are assigned like other members; their neighbours stay.
 */
struct bits { unsigned low : 4; int mid : 12; unsigned long wide : 40; unsigned char last : 1; };
struct bits one;
struct bits many[int];

BEGIN
{
	one.low = 9;
	one.mid = -3;
	one.wide = 0x1234567890;
	one.last = 3;
	printf("%d %d %x %d, ", one.low, one.mid, one.wide, one.last);
	one.low += 10;
	one.mid--;
	one.mid -= 0x800;
	one.wide |= 0x8000000000;
	printf("%d %d %x %d, ", one.low, one.mid, one.wide, one.last);
	printf("%d %d %d, ", one.low++, ++one.low, one.mid = 0xffff);
	many[1].mid = 7;
	many[1].last = 1;
	printf("%d %d %d", many[1].low, many[1].mid, many[1].last);
	exit(0);
}
