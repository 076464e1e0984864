/* SPDX-License-Identifier: MIT */
/*
 * aggsortrev turns the whole order round.
 * @@ args: -x aggsortrev
 */
BEGIN {
	@["a"] = sum(2); @["b"] = sum(1); @["c"] = sum(1);
	exit(0);
}
