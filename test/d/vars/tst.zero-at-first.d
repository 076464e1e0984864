/* SPDX-License-Identifier: MIT */
/*
 * What was never assigned is zero, or the empty string, in every storage class.
 */
int g; string s; self int t; self string u; this int v; this string w; int a[int]; string b[string];
BEGIN { printf("%d [%s] %d [%s] %d [%s] %d [%s]", g, s, self->t, self->u, this->v, this->w, a[3], b["x"]); exit(0); }
