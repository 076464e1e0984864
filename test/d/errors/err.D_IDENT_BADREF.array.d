/* SPDX-License-Identifier: MIT */
/* An associative array has no value without keys. */
BEGIN { a[1] = 1; trace(a); exit(0); }
