/* SPDX-License-Identifier: MIT */
/* lquantize() has at most 65,535 levels. */
BEGIN { @ = lquantize(1, 0, 100000, 1); }
