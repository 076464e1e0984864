/* SPDX-License-Identifier: MIT */
/* The base is below the limit. */
BEGIN { @a = lquantize(1, 10, 0, 1); exit(0); }
