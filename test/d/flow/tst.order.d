/* SPDX-License-Identifier: MIT */
/*
 * The clauses of one probe run in the order of the program; a predicate that is false leaves its clause out.
 */
BEGIN { printf("1 "); }
BEGIN /0/ { printf("no "); }
BEGIN /1 == 1/ { printf("2 "); }
BEGIN { printf("3"); exit(0); }
END { printf(" end"); }
