/* SPDX-License-Identifier: MIT */
/*
 * A glob means the processes that run: here two of one program, each with its own probe.
 * @@ needs: uprobes
 * @@ runs: $TRIGGERS/notes 4 & $TRIGGERS/notes 4 & sleep 0.3; $DTRACE -q -n 'notes*:::asked { @[probeprov, pid] = count(); } tick-1s { exit(0); } END { printa("%s %d\n", @); }' | awk 'NF { n++; ok += $1 == "notes" $2 } END { print n, ok }'
 */
BEGIN { exit(0); }
