/* SPDX-License-Identifier: MIT */
/*
 * Who writes a probe as in another tool, or forgets a colon, is told D's spelling.
 * @@ runs: for p in kprobe:vfs_read kretprobe:vfs_read tracepoint:sched:sched_switch tracepoint:syscalls:sys_exit_read interval:ms:5 profile:hz:99 begin end syscall:read:entry; do "$DTRACE" -e -n $p 2>&1 | sed -n 's/ *hint: in D that is //p'; done
 */
BEGIN { exit(0); }
