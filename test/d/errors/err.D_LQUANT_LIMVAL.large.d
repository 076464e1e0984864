/* SPDX-License-Identifier: MIT */
/* lquantize()'s limit has 32 bits. */
BEGIN { @ = lquantize(1, 0, 0x100000000, 1); }
