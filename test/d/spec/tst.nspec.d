/* SPDX-License-Identifier: MIT */
/*
 * nspec says how many there are at once; then the id is 0, nothing is recorded, and the drop is counted.
 */
#pragma D option nspec=2
BEGIN { a = speculation(); b = speculation(); c = speculation(); printf("%d %d %d\n", a, b, c); }
BEGIN { speculate(c); printf("no\n"); }
BEGIN { speculate(b); printf("b\n"); }
BEGIN { speculate(a); printf("a\n"); }
BEGIN { commit(b); }
BEGIN { commit(c); }
BEGIN { commit(a); }
BEGIN { exit(0); }
