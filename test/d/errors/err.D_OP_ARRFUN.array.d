/* SPDX-License-Identifier: MIT */
/* An array is not assigned as a whole. */
int a[3];
BEGIN { a = 1; exit(0); }
