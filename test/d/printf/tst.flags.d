/* SPDX-License-Identifier: MIT */
/*
 * Flags, widths and precisions mean what they mean in C.
 */
BEGIN {
	printf("[%5d][%-5d][%05d][%+d][% d]\n", 42, 42, 42, 42, 42);
	printf("[%#x][%#o][%8x][%-8x][%08x]\n", 255, 8, 255, 255, 255);
	printf("[%.3d][%8.3d][%-8.3d]\n", 7, 7, 7);
	printf("[%10s][%-10s][%.2s][%6.2s]\n", "hello", "hello", "hello", "hello");
	printf("[%*d][%-*d][%*d][%.*s]\n", 6, 1, 6, 2, -6, 3, 3, "hello");
	exit(0);
}
