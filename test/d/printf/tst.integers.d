/* SPDX-License-Identifier: MIT */
/*
 * %d and %i follow the signedness of the argument; %u %o %x %X zero-extend at its own width.
 */
BEGIN {
	printf("%d %d %d %d\n", -1, (unsigned int)-1, (char)-1, (unsigned char)-1);
	printf("%i %d %d\n", -7, (int64_t)-1, (uint64_t)-1);
	printf("%u %u %u\n", -1, (char)-1, (short)-1);
	printf("%x %X %x %x\n", (char)-1, (short)-1, -1, (int64_t)-1);
	printf("%o %o\n", 8, (char)-1);
	exit(0);
}
