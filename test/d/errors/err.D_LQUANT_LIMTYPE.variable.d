/* SPDX-License-Identifier: MIT */
/* lquantize()'s limit is a constant. */
BEGIN { @ = lquantize(1, 0, pid, 1); }
