/* SPDX-License-Identifier: MIT */
/* Nor may they be declared so. */
this int a[int];
BEGIN { exit(0); }
