/* SPDX-License-Identifier: MIT */
/*
 * What was discarded never comes; the speculation is free again.
 */
BEGIN { x = speculation(); }
BEGIN { speculate(x); printf("gone\n"); }
BEGIN { discard(x); }
BEGIN { commit(x); }
BEGIN { x = speculation(); printf("%d\n", x); }
BEGIN { speculate(x); printf("kept\n"); }
BEGIN { commit(x); }
BEGIN { exit(0); }
