/* SPDX-License-Identifier: MIT */
/* Nor a bit-field. */
struct b { int f : 3; };
BEGIN { trace(&((struct b *)0)->f); exit(0); }
