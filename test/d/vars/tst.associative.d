/* SPDX-License-Identifier: MIT */
/*
 * Associative arrays take keys of several types; what was never stored is 0; storing 0 deletes.
 */
BEGIN { a["x", 1] = 10; a["x", 2] = 20; b[1] = "one"; }
BEGIN { printf("%d %d %d %s [%s]", a["x", 1], a["x", 2], a["y", 1], b[1], b[2]); a["x", 1] = 0; a["x", 2]++; }
BEGIN { printf(" %d %d", a["x", 1], a["x", 2]); exit(0); }
