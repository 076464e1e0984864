/* SPDX-License-Identifier: MIT */
/*
 * lquantize() has a bucket below its base and one from its limit on.
 */
BEGIN { @ = lquantize(-1, 0, 30, 10); @ = lquantize(5, 0, 30, 10); @ = lquantize(25, 0, 30, 10); @ = lquantize(99, 0, 30, 10); exit(0); }
