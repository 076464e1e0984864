/* SPDX-License-Identifier: MIT */
/* All uses of an aggregation have one number of steps. */
BEGIN { @ = llquantize(1, 10, 0, 6, 10); @ = llquantize(1, 10, 0, 6, 20); }
