/* SPDX-License-Identifier: MIT */
/*
 * %h, %l and %ll ask for that size; x and X take either sign.
 */
BEGIN {
	printf("%hd %hu %ho\n", (short)-3, (unsigned short)65533, (unsigned short)8);
	printf("%ld %lu %lo\n", (long)-1, (unsigned long)-1, (unsigned long)8);
	printf("%lld %llu %llo\n", -1LL, -1ULL, 8ULL);
	printf("%hx %hX %lx %lX %llx %llX\n", (short)-1, (unsigned short)-1, (long)-1, (unsigned long)-1, -1LL, -1ULL);
	exit(0);
}
