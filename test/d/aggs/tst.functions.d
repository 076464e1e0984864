/* SPDX-License-Identifier: MIT */
/*
 * count, sum, min, max, avg (towards zero) and stddev.
 */
BEGIN { x = -3; }
BEGIN { @c = count(); @s = sum(x); @mi = min(x); @ma = max(x); @av = avg(x); @sd = stddev(x); x = 10; }
BEGIN { @c = count(); @s = sum(x); @mi = min(x); @ma = max(x); @av = avg(x); @sd = stddev(x); x = -1; }
BEGIN { @c = count(); @s = sum(x); @mi = min(x); @ma = max(x); @av = avg(x); @sd = stddev(x); exit(0); }
