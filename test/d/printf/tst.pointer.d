/* SPDX-License-Identifier: MIT */
/*
 * %p is hexadecimal without 0x; %?p as wide as a pointer.
 */
BEGIN {
	printf("[%p][%p][%?p][%-?p][%#p]\n", (void *)0x10, 0x20, (void *)0x30, (void *)0x40, (void *)0x50);
	printf("[%p]\n", (void *)0);
	exit(0);
}
