/* SPDX-License-Identifier: MIT */
/*
 * All uses of an lquantize have the same parameters.
 */
BEGIN { @a = lquantize(1, 0, 10, 1); @a = lquantize(1, 1, 11, 1); }
