/* SPDX-License-Identifier: MIT */
/* All uses of an aggregation have one step. */
BEGIN { @ = lquantize(1, 0, 10, 1); @ = lquantize(1, 0, 10, 2); }
