/* SPDX-License-Identifier: MIT */
/*
 * quantize() with a weight, in the bucket of zero and of negative values.
 */
BEGIN { @ = quantize(0, 3); @ = quantize(-1, 1); @ = quantize(1, 2); exit(0); }
