/* SPDX-License-Identifier: MIT */
/*
 * A fault in a predicate is reported as the predicate's.
 */
BEGIN /1 % zero/ { printf("no"); }
BEGIN { exit(0); }
