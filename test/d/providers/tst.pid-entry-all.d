/* SPDX-License-Identifier: MIT */
/*
 * Entry probes at every function change nothing for the program.  Instructions that the kernel would
 * take for others are left out.
 * @@ needs: uprobes uprobe.multi x86_64
 * @@ runs: for program in "returns longjmp" vector exceptions; do $DTRACE -q -s $FILE -c "$TRIGGERS/$program"; done 2>&1 | grep -v "probes left out"
 * @@ timeout: 240
 */
pid$target:::entry { all++; }
END { printf("%d\n", all > 0); }
