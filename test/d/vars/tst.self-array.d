/* SPDX-License-Identifier: MIT */
/*
 * self-> arrays: keys of several types, each thread's apart from the globals'.
 */
BEGIN { self->a["x", 1] = 10; self->a["x", -1] = 20; self->s[pid] = "mine"; b["x"] = 30; }
BEGIN { printf("%d %d %d %s [%s] %d", self->a["x", 1], self->a["x", -1], self->a["y", 1], self->s[pid], self->s[0], b["x"]); }
BEGIN { self->a["x", 1] = 0; self->s[pid] = 0; printf(" %d %d [%s]", self->a["x", 1], self->a["x", -1], self->s[pid]); exit(0); }
