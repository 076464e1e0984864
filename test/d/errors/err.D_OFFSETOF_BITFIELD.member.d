/* SPDX-License-Identifier: MIT */
/* A bit-field has no offset in bytes. */
struct b { int f : 3; };
BEGIN { trace(offsetof(struct b, f)); exit(0); }
