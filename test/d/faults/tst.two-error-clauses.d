/* SPDX-License-Identifier: MIT */
/*
 * All ERROR clauses run, with their predicates, for every fault.
 */
int zero;
BEGIN { trace(1 / zero); }
BEGIN { trace(1 % zero); }
BEGIN { exit(0); }
ERROR { n++; }
ERROR /arg4 == 4/ { printf("%d ", n); }
END { printf("end %d", n); }
