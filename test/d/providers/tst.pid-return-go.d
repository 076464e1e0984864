/* SPDX-License-Identifier: MIT */
/*
 * Stacks of Go grow, and so move, under functions with return probes.
 * @@ needs: uprobes x86_64 go
 * @@ runs: go build -o $TMP/stacks stacks.go && $DTRACE -q -s $FILE -c $TMP/stacks
 * @@ timeout: 300
 */
pid$target:a.out:main.*:return { @[probefunc] = count(); }
END { printa("%s %@d\n", @); }
