/* SPDX-License-Identifier: MIT */
/*
 * bpflog shows nothing for programs that load.  The size of a log has limits.  What is shown of refused
 * programs, which no script has, is tested in test/unit/bpf.c and refusal.c.
 * @@ runs: "$DTRACE" -q -x bpflog -x bpflogsize=1m -s "$FILE"; for s in 127 65m; do "$DTRACE" -x bpflogsize=$s -s "$FILE" 2>&1; done | grep -o 'bpflogsize.*'
 */
BEGIN { trace(1); exit(0); }
