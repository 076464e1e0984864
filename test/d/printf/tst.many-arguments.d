/* SPDX-License-Identifier: MIT */
/*
 * Many values of all sizes in one record.
 */
BEGIN {
	printf("%d %d %d %d %s %d %d %d %d %s %x\n", (char)1, (short)2, 3, 4LL, "five", (char)6, 7LL, (short)8, 9, "ten", 11);
	exit(0);
}
