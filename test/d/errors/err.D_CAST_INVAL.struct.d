/* SPDX-License-Identifier: MIT */
/* A number does not become a structure. */
struct q { int a; };
BEGIN { trace((struct q)1); exit(0); }
