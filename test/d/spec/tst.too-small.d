/* SPDX-License-Identifier: MIT */
/*
 * A record that finds no room in its speculation is dropped and counted; shorter ones behind it
 * are kept.
 */
#pragma D option specsize=100
BEGIN { x = speculation(); text = "0123456789012345678901234567890123456789012345678901234567890"; }
BEGIN { speculate(x); printf("%s%s\n", text, text); }
BEGIN { speculate(x); printf("%s%s\n", text, text); }
BEGIN { speculate(x); printf("short\n"); }
BEGIN { commit(x); }
BEGIN { printf("end\n"); exit(0); }
