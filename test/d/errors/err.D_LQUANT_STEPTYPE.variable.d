/* SPDX-License-Identifier: MIT */
/* lquantize()'s step is a constant. */
BEGIN { @ = lquantize(1, 0, 10, pid); }
