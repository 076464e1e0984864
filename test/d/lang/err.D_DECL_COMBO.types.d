/* SPDX-License-Identifier: MIT */
/*
 * One type a declaration.
 */
int char x;
BEGIN { }
