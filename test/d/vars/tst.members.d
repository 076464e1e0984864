/* SPDX-License-Identifier: MIT */
/*
 * Members of structures and elements of arrays are assigned in every storage class; what is new is zero.
 */
struct point { int x; struct { short y; char z[4]; } in; string s; };
int x[10]; struct point p; self struct point q; this struct point r; struct point a[string, int];
BEGIN { i = 2; x[3] = 4; x[i]++; x[i] += 9; p.in.y = -5; p.in.z[2] = 3; p.in.z[i + 1] = 200; p.s = "hello"; }
BEGIN { self->q.x += 3; self->q.in.y--; this->r.x = 8; this->r.s = "local"; }
BEGIN { a["k", 1].x = 5; a["k", 1].in.z[i]++; a["k", 1].s = strjoin(p.s, "!"); a["k", 2].in.y = 1; p.x = a["k", 1].x += 2; }
BEGIN {
	printf("%d %d %d %d %d %d ", x[3], x[2], x[i], p.in.y, p.in.z[2], p.in.z[3]);
	printf("%d %d %d %s %s ", self->q.x, self->q.in.y, this->r.x, this->r.s, p.s);
	printf("%d %d %s %d %d %d", a["k", 1].x, a["k", 1].in.z[2], a["k", 1].s, a["k", 2].in.y, a["k", 2].x, p.x);
	exit(0);
}
