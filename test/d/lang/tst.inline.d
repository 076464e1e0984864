/* SPDX-License-Identifier: MIT */
/*
 * An inline stands for its expression; with keys it is a function of them.
 */
inline int LIMIT = 2 * 3;
inline int twice[int i] = i * 2;
BEGIN { printf("%d %d\n", LIMIT, twice[LIMIT + 1]); exit(0); }
