/* SPDX-License-Identifier: MIT */
/*
 * One clause over several tracepoints.
 * @@ needs: btf
 * @@ args: -c "$TRIGGERS/syscalls 20 1"
 */
sdt:::sched_switch, sdt:::sched_wakeup { @[probename] = min(1); }
