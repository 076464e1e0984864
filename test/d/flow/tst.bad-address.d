/* SPDX-License-Identifier: MIT */
/*
 * A load from a bad address ends its clause; ERROR clauses run with arg4 the fault and arg5 the address.
 */
BEGIN { printf("%d", *(int *)64); }
ERROR { printf("fault %d at %d", arg4, arg5); exit(0); }
