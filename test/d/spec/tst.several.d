/* SPDX-License-Identifier: MIT */
/*
 * Several speculations at once: each has its own records, which come in the order of the commits.
 */
#pragma D option nspec=4
BEGIN { a = speculation(); b = speculation(); c = speculation(); printf("%d %d %d\n", a, b, c); }
BEGIN { speculate(b); printf("b1\n"); }
BEGIN { speculate(a); printf("a1\n"); }
BEGIN { speculate(b); printf("b2\n"); }
BEGIN { speculate(c); printf("c1\n"); }
BEGIN { printf("now\n"); }
BEGIN { commit(b); }
BEGIN { discard(c); }
BEGIN { speculate(a); printf("a2\n"); }
BEGIN { b = speculation(); printf("%d\n", b); }
BEGIN { speculate(b); printf("b3\n"); }
BEGIN { exit(0); }
END { commit(a); }
END { commit(b); }
END { printf("end\n"); }
