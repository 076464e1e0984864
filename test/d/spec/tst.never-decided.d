/* SPDX-License-Identifier: MIT */
/*
 * What is neither committed nor discarded is forgotten.
 */
BEGIN { x = speculation(); }
BEGIN { speculate(x); printf("gone\n"); }
BEGIN { exit(0); }
