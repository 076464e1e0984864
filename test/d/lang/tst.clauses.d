/* SPDX-License-Identifier: MIT */
/*
 * Several descriptions share a clause; a clause needs no body.
 */
BEGIN, END { n++; printf("%d ", n); }
BEGIN { exit(0); }
