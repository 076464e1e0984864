/* SPDX-License-Identifier: MIT */
/*
 * Operands of mixed signs compare by the sign of their common type, as 64-bit values: nothing is
 * cut or extended before.
 */
BEGIN {
	printf("%d %d %d %d ", -1 < 1U, -1 < 1, -1LL < 1U, (char)-1 < (unsigned char)1);
	printf("%d %d %d", (short)-1 == (unsigned short)-1, -1 == 0xffffffff, -1LL == 0xffffffff);
	exit(0);
}
