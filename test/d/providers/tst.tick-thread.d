/* SPDX-License-Identifier: MIT */
/*
 * A tick has no process of its own, but all of D.
 */
int n;
tick-10ms { a[n] = n; n++; s = strjoin("tick", lltostr(n)); }
tick-10ms /n == 3/ { printf("%s %d", s, a[2]); exit(0); }
