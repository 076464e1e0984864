/* SPDX-License-Identifier: MIT */
/*
 * A floating-point register cannot be read: a fault.  The other arguments can.
 * @@ needs: uprobes x86_64
 * @@ args: -c $TRIGGERS/notes
 */
notes$target:::floating { trace(arg1); }
notes$target:::floating { trace(arg0); }
ERROR { printf(" fault %d", arg4 == DTRACEFLT_ILLOP); }
