/* SPDX-License-Identifier: MIT */
/*
 * A variable may be a structure: assigning copies it whole.
 */
struct pair { int first; char second; struct { short deep; } in; };
struct pair p, q;
BEGIN { printf("%d %d %d", sizeof (p), sizeof (struct pair), offsetof(struct pair, in)); exit(0); }
