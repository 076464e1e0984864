/* SPDX-License-Identifier: MIT */
/*
 * A clause that speculates may assign, and its predicate counts as ever.
 */
BEGIN { x = speculation(); n = 1; }
BEGIN /n == 1/ { speculate(x); n = 2; printf("%d\n", n); }
BEGIN /n == 1/ { speculate(x); printf("not this\n"); }
BEGIN { commit(x); }
BEGIN { exit(0); }
