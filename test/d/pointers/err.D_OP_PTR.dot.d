/* SPDX-License-Identifier: MIT */
/*
 * -> on a structure that is none: a pointer is asked for.
 */
struct pair { int a; } p;
BEGIN { trace(p->a); }
