/* SPDX-License-Identifier: MIT */
/* In D's own structures too. */
struct q { int a; };
BEGIN { trace(((struct q *)0)->b); exit(0); }
