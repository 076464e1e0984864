/* SPDX-License-Identifier: MIT */
/*
 * Each key has its distribution, under its row.
 */
BEGIN { @["read", 1] = quantize(4); @["write", 2] = quantize(1000); @["write", 2] = quantize(1023); exit(0); }
