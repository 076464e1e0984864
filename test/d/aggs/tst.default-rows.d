/* SPDX-License-Identifier: MIT */
/*
 * At the end each aggregation is printed: no key, a string, integers of several widths.
 */
BEGIN {
	@a = count();
	@b["sh"] = count();
	@c[42, "sh"] = sum(-5);
	@d[(char)-1, (short)-1, 7LL] = max(9);
	exit(0);
}
