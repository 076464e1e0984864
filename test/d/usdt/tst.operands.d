/* SPDX-License-Identifier: MIT */
/*
 * Arguments are read where the note says: constants, parts of registers, memory by registers with an
 * index, symbols; cut and extended by their size and sign.
 * @@ needs: uprobes x86_64
 * @@ args: -c $TRIGGERS/notes
 */
notes$target:::constants { printf("%s: %d %d %d %d\n", probename, arg0, arg1, arg2, arg3); }
notes$target:::registers { printf("%s: %x %d %d %d %d %d %d\n", probename, arg0, arg1, arg2, arg3, arg4, arg5, arg6); }
notes$target:::high { printf("%s: %d %d %d %d\n", probename, arg0, arg1, arg2, arg3); }
notes$target:::memory { printf("%s: %d %d %d %d\n", probename, arg0, arg1, arg2, arg3); }
notes$target:::symbols { printf("%s: %d %d %d\n", probename, arg0, arg1, arg2); }
notes$target:::memory { printf("%s: %d none: %d\n", probefunc, args[3], arg4); }
