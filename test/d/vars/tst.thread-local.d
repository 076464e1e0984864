/* SPDX-License-Identifier: MIT */
/*
 * self-> variables belong to their thread.
 */
BEGIN { self->a = 3; self->s = "text"; self->b++; }
BEGIN { printf("%d %s %d", self->a, self->s, self->b); self->a = 0; }
BEGIN { printf(" %d", self->a); exit(0); }
