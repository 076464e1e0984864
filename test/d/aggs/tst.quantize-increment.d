/* SPDX-License-Identifier: MIT */
/*
 * The second argument of quantize() is what is added; it may be negative.
 */
BEGIN { @ = quantize(3, 7); @b = quantize(8, -2); @c = quantize(2, 3); @c = quantize(8, -1); exit(0); }
