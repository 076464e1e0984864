/* SPDX-License-Identifier: MIT */
/*
 * quantize() shows the powers of two from one empty bucket before the first to one after the last.
 */
BEGIN { @ = quantize(5); @ = quantize(6); @ = quantize(16); @ = quantize(4); exit(0); }
