/* SPDX-License-Identifier: MIT */
/*
 * One probe at three places of the program, at each with its argument elsewhere, beside other probes.
 * An argument that a place does not have is 0.
 * @@ needs: uprobes x86_64
 * @@ args: -c $TRIGGERS/notes
 */
notes$target:notes::several-places, notes$target:a.out::constants { printf("%s %s %d %d\n", probename, probefunc, arg0, arg1); }
