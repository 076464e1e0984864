/* SPDX-License-Identifier: MIT */
/* A structure that was only announced has no members. */
struct only_announced_here;
struct only_announced_here *p;
BEGIN { trace(p->x); exit(0); }
