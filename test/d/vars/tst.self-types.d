/* SPDX-License-Identifier: MIT */
/*
 * self-> variables of all types side by side.
 */
self int8_t a; self uint16_t b; self string s; self int64_t c;
BEGIN { self->a = -1; self->b = 65537; self->c = 1LL << 40; self->s = execname; self->p = curthread; }
BEGIN { printf("%d %d %d %d %d", self->a, self->b, self->c, self->s == execname, self->p == curthread); self->s = "other"; }
BEGIN { printf(" %s", self->s); self->s = 0; self->a = 0; }
BEGIN { printf(" [%s] %d %d", self->s, self->a, self->b); exit(0); }
