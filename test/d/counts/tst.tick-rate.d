/* SPDX-License-Identifier: MIT */
/*
 * tick-100hz fires a hundred times a second, give or take what a busy machine loses.
 * @@ alone:
 */
tick-100hz { n++; }
tick-1s { printf("%d", n >= 80 && n <= 101); exit(0); }
