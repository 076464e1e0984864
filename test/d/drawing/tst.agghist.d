/* SPDX-License-Identifier: MIT */
/*
 * -x agghist: counts and sums are drawn as bars, others stay rows.
 */
#pragma D option agghist
BEGIN { @c["cat"] = sum(3); @c["bash"] = sum(9); @one = sum(4); @m["x"] = max(3); @n[1, "y"] = count(); exit(0); }
