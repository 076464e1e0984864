/* SPDX-License-Identifier: MIT */
/* All uses of an aggregation have one low magnitude. */
BEGIN { @ = llquantize(1, 10, 0, 6, 10); @ = llquantize(1, 10, 1, 6, 10); }
