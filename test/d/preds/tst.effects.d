/* SPDX-License-Identifier: MIT */
/*
 * A predicate may change variables, whether it holds or not.
 */
BEGIN /n++ > 0/ { printf("no "); }
BEGIN /n++ > 0/ { printf("yes "); }
BEGIN { printf("%d", n); exit(0); }
