/* SPDX-License-Identifier: MIT */
/*
 * A fault in the branch of an if that records ends the branch; in one that only assigns it ends the
 * clause.
 */
BEGIN { n = 1; if (n) { trace(*(int *)8); a = 1; } else { a = 2; } b = 3; }
BEGIN { if (n) { c = *(int *)8; d = 4; } e = 5; }
BEGIN { printf("%d %d %d %d %d\n", a, b, c, d, e); exit(0); }
