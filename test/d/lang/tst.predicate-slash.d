/* SPDX-License-Identifier: MIT */
/*
 * A slash divides unless the predicate ends behind it.
 */
BEGIN { a = 12; }
BEGIN /a / 3 / 2 == 2/ { printf("one "); }
BEGIN /(a / 4) == 3 && a/2 == 6/
{ printf("two\n"); exit(0); }
