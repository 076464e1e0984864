/* SPDX-License-Identifier: MIT */
/*
 * The step of lquantize() is 1 when left out.
 */
BEGIN { @ = lquantize(3, 0, 100); exit(0); }
