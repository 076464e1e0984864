/* SPDX-License-Identifier: MIT */
/*
 * A glob means the processes that run: here two of one program, each with its own probe.
 * @@ needs: uprobes
 * @@ runs: $TRIGGERS/notes 60 & a=$!; $TRIGGERS/notes 60 & b=$!; sleep 0.3; $DTRACE -q -n 'notes*:::asked /pid == $1 || pid == $2/ { @[probeprov, pid] = count(); } tick-1s { exit(0); } END { printa("%s %d\n", @); }' $a $b | awk 'NF { n++; ok += $1 == "notes" $2 } END { print n, ok }'; kill $a $b
 */
BEGIN { exit(0); }
