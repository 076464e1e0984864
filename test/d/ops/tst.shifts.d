/* SPDX-License-Identifier: MIT */
/*
 * >> of a signed number keeps its sign, of an unsigned one it does not.
 */
BEGIN { x = -16; y = (uint32_t)-16; z = -16LL; printf("%d %x %d %d %x", x >> 2, y >> 28, z >> 40, 1 << 31, 1LL << 63); exit(0); }
