/* SPDX-License-Identifier: MIT */
/*
 * What was speculated comes when it is committed, in order.
 */
BEGIN { x = speculation(); }
BEGIN { speculate(x); printf("first %d\n", x); }
BEGIN { printf("before\n"); }
BEGIN { speculate(x); printf("second\n"); }
BEGIN { commit(x); }
BEGIN { printf("after\n"); exit(0); }
