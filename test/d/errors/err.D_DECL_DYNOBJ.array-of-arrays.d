/* SPDX-License-Identifier: MIT */
/* An element of an associative array is not an array of another. */
int a[int][int];
BEGIN { }
