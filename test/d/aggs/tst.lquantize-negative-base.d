/* SPDX-License-Identifier: MIT */
/*
 * Steps from a negative base on.
 */
BEGIN { @ = lquantize(-15, -20, 20, 10); @ = lquantize(-20, -20, 20, 10); @ = lquantize(5, -20, 20, 10); exit(0); }
