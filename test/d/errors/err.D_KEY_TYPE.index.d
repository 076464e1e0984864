/* SPDX-License-Identifier: MIT */
/* An array's index is a number. */
int a[3];
BEGIN { trace(a["x"]); exit(0); }
