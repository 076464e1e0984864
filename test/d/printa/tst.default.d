/* SPDX-License-Identifier: MIT */
/*
 * printa() without a format begins with a newline; what it printed is not printed at the end.
 */
BEGIN { @a["x"] = count(); @b = sum(4); printa(@a); exit(0); }
