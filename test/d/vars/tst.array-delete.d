/* SPDX-License-Identifier: MIT */
/*
 * Storing 0 takes an element out, a string's too; what is stored again is new.
 */
BEGIN { a[1] = 5; a[2] = 6; s["x"] = "text"; }
BEGIN { a[1] = 0; s["x"] = 0; printf("%d %d [%s]", a[1], a[2], s["x"]); a[1] += 2; s["x"] = "again"; }
BEGIN { a[2]--; a[3]++; printf(" %d %d %d %s", a[1], a[2], a[3], s["x"]); exit(0); }
