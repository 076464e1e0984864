/* SPDX-License-Identifier: MIT */
/*
 * One aggregation may be named twice.
 */
BEGIN { @a["x"] = sum(5); @a["y"] = sum(3); printa(@a, @a); exit(0); }
