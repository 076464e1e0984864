/* SPDX-License-Identifier: MIT */
/*
 * aggsortkey sorts by key, integers by the sign of their type.
 */
#pragma D option aggsortkey
BEGIN {
	@[-2] = sum(1); @[2] = sum(2); @[0] = sum(3); @[-1] = sum(4); @[1] = sum(5);
	exit(0);
}
