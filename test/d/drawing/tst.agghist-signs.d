/* SPDX-License-Identifier: MIT */
/*
 * Bars of negative sums grow to the left.
 */
#pragma D option agghist
BEGIN { @["a"] = sum(-2); @["b"] = sum(2); exit(0); }
