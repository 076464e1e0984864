/* SPDX-License-Identifier: MIT */
/*
 * %@ takes the integer conversions, flags and widths.
 */
BEGIN { @ = sum(255); @n = sum(-1); printa("[%@d][%@8d][%@-8d][%@08d][%@x][%@#o][%@X]\n", @); printa("%@d %@u\n", @n); exit(0); }
