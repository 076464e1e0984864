/* SPDX-License-Identifier: MIT */
/*
 * Negative values have their own buckets, labelled by -2^k; 0 stands alone.
 */
BEGIN { @ = quantize(-1); @ = quantize(-5); @ = quantize(0); @ = quantize(1); exit(0); }
