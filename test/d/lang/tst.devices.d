/* SPDX-License-Identifier: MIT */
/* getmajor() and getminor() take a dev_t of the kernel: 12 bits and 20 bits. */
BEGIN
{
	printf("%d %d ", getmajor(0x800001), getminor(0x800001));
	printf("%d %d\n", getmajor(0xfffabcde), getminor(0xfffabcde));
	exit(0);
}
