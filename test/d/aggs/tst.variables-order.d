/* SPDX-License-Identifier: MIT */
/*
 * Several aggregations are printed one after the other, in the order of the program.
 */
BEGIN {
	@z = sum(3); @a = sum(1); @m = sum(2);
	exit(0);
}
