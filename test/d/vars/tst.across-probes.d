/* SPDX-License-Identifier: MIT */
/*
 * Globals and self-> variables live from BEGIN to END and through every probe between.
 */
int n;
BEGIN { n = 1; s = "begin"; }
tick-10ms { n++; s = strjoin(s, "."); }
tick-10ms /n == 4/ { exit(0); }
END { printf("%d %s", n, s); }
