/* SPDX-License-Identifier: MIT */
/* Below four thousand million. */
int a[99999999999];
BEGIN { exit(0); }
