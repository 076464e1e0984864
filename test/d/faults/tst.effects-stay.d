/* SPDX-License-Identifier: MIT */
/*
 * A fault drops what its clause has recorded; what the clause assigned before it stays.
 */
int zero;
BEGIN { x = 5; @["before"] = count(); printf("dropped"); y = 1 / zero; x = 6; @["behind"] = count(); }
BEGIN { printf("%d %d", x, y); exit(0); }
