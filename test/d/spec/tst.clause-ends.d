/* SPDX-License-Identifier: MIT */
/*
 * speculate() of an id that is not in use ends the clause: what follows is not done, assignments
 * included.  The clauses that follow run.
 */
#pragma D option nspec=8
BEGIN { before = 1; speculate(0); after = 1; printf("no\n"); }
BEGIN { speculate(7); after = 2; }
BEGIN { discard(id_of = speculation()); speculate(id_of); after = 3; }
BEGIN { speculate(speculation()); inside = 1; }
BEGIN { printf("%d %d %d\n", before, after, inside); exit(0); }
