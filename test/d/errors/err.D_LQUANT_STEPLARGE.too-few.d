/* SPDX-License-Identifier: MIT */
/* A step is no larger than the range. */
BEGIN { @ = lquantize(1, 0, 10, 20); }
