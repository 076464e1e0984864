/* SPDX-License-Identifier: MIT */
/* An array has a dimension. */
int a[];
BEGIN { exit(0); }
