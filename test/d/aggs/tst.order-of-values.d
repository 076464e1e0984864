/* SPDX-License-Identifier: MIT */
/*
 * Rows come by value, smallest first, signed; equal values by key.
 */
BEGIN { @["c"] = sum(5); @["a"] = sum(5); @["b"] = sum(-1); @["d"] = sum(0); printa("%s ", @); exit(0); }
