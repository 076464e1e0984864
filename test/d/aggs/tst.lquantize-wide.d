/* SPDX-License-Identifier: MIT */
/*
 * An lquantize of thousands of steps.
 */
BEGIN { @ = lquantize(4321, 0, 10000, 1); @ = lquantize(4321, 0, 10000, 1); exit(0); }
