/* SPDX-License-Identifier: MIT */
/*
 * A predicate is true when it is not 0: integers of any width, pointers.
 */
int64_t wide;
BEGIN { wide = 1LL << 40; }
BEGIN /wide/ { printf("wide "); }
BEGIN /(char)256/ { printf("narrow "); }
BEGIN /curthread/ { printf("pointer "); }
BEGIN /(void *)0/ { printf("null "); }
BEGIN /-1/ { printf("negative "); }
BEGIN /!wide/ { printf("not "); }
BEGIN { exit(0); }
