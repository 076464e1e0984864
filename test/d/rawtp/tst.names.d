/* SPDX-License-Identifier: MIT */
/*
 * -lv names the arguments of tracepoints behind their types; -l shows rawtp where it is named.
 * @@ runs: "$DTRACE" -lvn sched_switch | grep -A9 'Argument Types'; "$DTRACE" -ln 'rawtp:::sched_switch' | awk 'END {print NR, $2, $NF}'
 */
