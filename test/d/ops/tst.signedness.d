/* SPDX-License-Identifier: MIT */
/*
 * Mixed signs compare as C's usual conversions say.
 */
BEGIN {
	printf("%d %d %d %d ", -1 < 1U, -1 < 1, -1LL < 1U, (char)-1 < (unsigned char)1);
	printf("%d %d %d", (short)-1 == (unsigned short)-1, -1 == 0xffffffff, -1LL == 0xffffffff);
	exit(0);
}
