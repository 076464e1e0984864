/* SPDX-License-Identifier: MIT */
/* A bit-field has no size in bytes. */
struct b { int f : 3; };
BEGIN { trace(sizeof (((struct b *)0)->f)); exit(0); }
