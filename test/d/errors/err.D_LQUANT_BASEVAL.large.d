/* SPDX-License-Identifier: MIT */
/* lquantize()'s base has 32 bits. */
BEGIN { @ = lquantize(1, 0x100000000, 0x100000010, 1); }
