/* SPDX-License-Identifier: MIT */
/*
 * One storage class a declaration.
 */
static self int x;
BEGIN { }
