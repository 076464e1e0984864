/* SPDX-License-Identifier: MIT */
/*
 * A probe by its number.
 */
1 { printf("%s", probename); exit(0); }
