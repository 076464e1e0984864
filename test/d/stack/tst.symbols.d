/* SPDX-License-Identifier: MIT */
/*
 * sym(), func() and mod() are names without offset, in 50 columns; an unknown address is its number.
 */
BEGIN {
	sym((uintptr_t)&`vfs_read + 3); printf("|"); func((uintptr_t)&`vfs_read); printf("|");
	mod((uintptr_t)&`vfs_read); printf("|"); sym(0x12); printf("|"); mod(0x12); printf("|\n");
	exit(0);
}
