/* SPDX-License-Identifier: MIT */
/*
 * A register that does not exist is a fault.
 * @@ needs: x86_64
 */
BEGIN { i = 1000; }
BEGIN { trace(uregs[i]); }
ERROR { printf("%d", arg4 == DTRACEFLT_ILLOP); exit(0); }
