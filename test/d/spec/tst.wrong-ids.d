/* SPDX-License-Identifier: MIT */
/*
 * Ids that are none do nothing.
 */
BEGIN { speculate(7); printf("no\n"); }
BEGIN { commit(-1); }
BEGIN { discard(12345678); }
BEGIN { speculate(0); trace(1); }
BEGIN { printf("end\n"); exit(0); }
