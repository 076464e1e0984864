/* SPDX-License-Identifier: MIT */
/* All uses of an aggregation have one factor. */
BEGIN { @ = llquantize(1, 10, 0, 6, 10); @ = llquantize(1, 20, 0, 6, 10); }
