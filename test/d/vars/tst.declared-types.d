/* SPDX-License-Identifier: MIT */
/*
 * A declared variable keeps its type: what does not fit wraps as in C.
 */
int8_t a; uint8_t b; int16_t c; uint16_t d; int32_t e; uint32_t f; int64_t g; uint64_t h;
BEGIN {
	a = 200; b = 300; c = 40000; d = 70000; e = 3000000000; f = 5000000000; g = 0x8000000000000000; h = -1;
	printf("%d %d %d %d %d %d\n", a, b, c, d, e, f);
	printf("%d %d", g, h);
	exit(0);
}
