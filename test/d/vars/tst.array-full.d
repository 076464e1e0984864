/* SPDX-License-Identifier: MIT */
/*
 * What finds no room in dynvarsize is a counted drop; the rest stays.
 * @@ args: -x dynvarsize=4k
 * @@ needs: x86_64
 */
int n;
tick-1ms { a[n] = 1; n++; a[n] = 1; n++; a[n] = 1; n++; a[n] = 1; n++; a[n] = 1; n++; a[n] = 1; n++; a[n] = 1; n++; a[n] = 1; n++; }
tick-1ms /n >= 2000/ { printf("%d", a[0]); exit(0); }
