/* SPDX-License-Identifier: MIT */
/*
 * Return probes at every function of the program and of its libraries, those of the loader, of
 * setjmp() and of the unwinder too, change nothing for the program.
 * @@ needs: uprobes uprobe.multi x86_64
 * @@ runs: for program in "returns longjmp" vector exceptions unwound; do $DTRACE -q -s $FILE -c "$TRIGGERS/$program"; done
 * @@ timeout: 240
 */
pid$target:::return { all++; }
END { printf("%d\n", all > 0); }
