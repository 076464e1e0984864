/* SPDX-License-Identifier: MIT */
/*
 * Rows come by ascending value, equal values by key.
 */
BEGIN {
	@["c"] = sum(1); @["a"] = sum(2); @["b"] = sum(1); @["d"] = sum(-4);
	exit(0);
}
