/* SPDX-License-Identifier: MIT */
/*
 * A fault in a predicate is reported as the predicate's.
 */
int zero;
BEGIN /1 % zero/ { printf("no"); }
BEGIN { exit(0); }
