/* SPDX-License-Identifier: MIT */
/*
 * -x aggzoom: the tallest bar is 38 columns.
 */
#pragma D option aggzoom
BEGIN { @ = lquantize(0, 0, 10, 10); @ = lquantize(0, 0, 10, 10); @ = lquantize(20, 0, 10, 10); exit(0); }
