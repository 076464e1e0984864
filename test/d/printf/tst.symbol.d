/* SPDX-License-Identifier: MIT */
/*
 * %a is a kernel address with its offset, or the number where nothing is.
 */
BEGIN {
	printf("%a %a|%20a|%-20a|\n", &`vfs_read, (uintptr_t)&`vfs_read + 3, &`vfs_read, &`vfs_read);
	printf("%a %A\n", 0x12, 0x34);
	exit(0);
}
