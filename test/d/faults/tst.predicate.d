/* SPDX-License-Identifier: MIT */
/*
 * A fault in a predicate counts as the predicate's, and its clause does not run.
 */
BEGIN / *(int *)8 == 1/ { printf("no"); }
ERROR { printf("%d", arg2); exit(0); }
