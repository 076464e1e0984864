/* SPDX-License-Identifier: MIT */
/*
 * this-> variables are no associative arrays.
 */
this int x[int];
BEGIN { exit(0); }
