/* SPDX-License-Identifier: MIT */
/*
 * The caller of a function that returns is the next frame, also where the return is caught at the
 * instruction.
 * @@ needs: uprobes x86_64
 * @@ args: -x returns=decode -c "$TRIGGERS/functions 2"
 */
pid$target:functions:inner:return,
pid$target:functions:middle:return { usym(ucaller); printf(" %d\n", ustackdepth > 2); }
