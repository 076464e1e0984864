/* SPDX-License-Identifier: MIT */
/*
 * 0 and ids that are not in use do nothing, but that speculate() ends its clause. Numbers that are
 * no ids are faults.
 */
#pragma D option nspec=7
BEGIN { speculate(7); printf("no\n"); }
BEGIN { speculate(0); trace(1); }
BEGIN { commit(0); }
BEGIN { discard(7); }
BEGIN { commit(-1); }
BEGIN { discard(12345678); }
BEGIN { speculate(8); printf("no\n"); }
BEGIN { speculate(-2147483648); printf("no\n"); }
BEGIN { id_of = 8; commit(id_of); }
BEGIN { printf("end\n"); exit(0); }
ERROR { printf("%d\n", arg4 == DTRACEFLT_ILLOP); }
