/* SPDX-License-Identifier: MIT */
/*
 * An index behind the end of an array, or below 0, is a fault, whatever the array is in: the clause
 * ends, and nothing is read or written. The address of the fault is the place in the array.
 */
struct inner { short x[2]; };
struct outer { int a[2][3]; struct inner in[2]; char last[1]; int behind; };
struct outer v, w[int];
int plain[3], neighbour;
this int local[4];
self int thread[4];
string text, texts[2];

BEGIN { neighbour = 77; v.behind = 5; w[1].behind = 6; i = 3; n = -1; text = "abc"; }
BEGIN { plain[i] = 9; printf("not here\n"); }
BEGIN { trace(plain[n]); printf("not here\n"); }
BEGIN { trace(v.a[1][i]); printf("not here\n"); }
BEGIN { v.a[0][i]++; printf("not here\n"); }
BEGIN { trace(v.a[i - 1][0]); printf("not here\n"); }
BEGIN { trace(v.in[1].x[i]); printf("not here\n"); }
BEGIN { v.last[i - 2] = 1; printf("not here\n"); }
BEGIN { trace(w[1].in[i - 1].x[0]); printf("not here\n"); }
BEGIN { this->local[i + 1] = 1; printf("not here\n"); }
BEGIN { self->thread[0] = 1; trace(self->thread[i + 1]); printf("not here\n"); }
BEGIN { trace(text[i + 253]); printf("not here\n"); }
BEGIN { texts[i - 1] = "no"; printf("not here\n"); }
BEGIN { trace(curthread->comm[i + 13]); printf("not here\n"); }
BEGIN { printf("%d %d %d\n", neighbour, v.behind, w[1].behind); exit(0); }
ERROR { printf("%d %d\n", arg4, (int)arg5); }
