/* SPDX-License-Identifier: MIT */
/*
 * A provider without a process id is the probes of all processes that use the file: one that ran
 * before, and two that began later.  The file is the case's own, since other cases read semaphores.
 * @@ needs: uprobes
 * @@ runs: cp $TRIGGERS/notes $TMP; $TMP/notes 60 & old=$!; $DTRACE -q -s $FILE -x quiet >$TMP/out & d=$!; until grep -qs begun $TMP/out; do sleep 0.05; done; $TMP/notes 60 & a=$!; $TMP/notes 60 & b=$!; wait $d; kill $old $a $b; awk -v ids=" $old $a $b " 'index(ids, " " $1 " ") { n += $2 == "notes" && $3 ~ /^\/.*\/notes$/ } END { print n }' $TMP/out
 */
BEGIN { printf("begun\n"); }
notes:notes::asked { @[pid, probeprov, probemod] = count(); }
tick-100ms /tenths++ >= 15/ { exit(0); }
END { printa("%d %s %s is asked\n", @); }
