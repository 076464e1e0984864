/* SPDX-License-Identifier: MIT */
/*
 * What lies below base and what reaches the limit have rows of their own.
 */
BEGIN { @ = lquantize(-5, 0, 30, 10); @ = lquantize(0, 0, 30, 10); @ = lquantize(29, 0, 30, 10); @ = lquantize(30, 0, 30, 10); exit(0); }
