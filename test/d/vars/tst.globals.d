/* SPDX-License-Identifier: MIT */
/*
 * Globals begin at zero, keep their declared types and are changed by every assignment operator.
 */
int8_t small;
unsigned char byte;
BEGIN {
	x = 5; x += 2; x *= 3; x -= 1; x /= 4; x <<= 4; x |= 3; x ^= 1; x %= 50; x >>= 1;
	small = 127; small++;
	byte--;
	printf("%d %d %d %d %d", x, small, byte, y++, ++y);
	exit(0);
}
