/* SPDX-License-Identifier: MIT */
/*
 * What a probe lacks on this kernel is named.
 * @@ needs: no-sched-exit
 * @@ runs: "$DTRACE" -qn 'sched:::remain-cpu' 2>&1 | grep -o 'needs the tracepoint sched_exit_tp'
 */
