/* SPDX-License-Identifier: MIT */
/*
 * In a PID namespace the ids are those of that namespace.
 * @@ needs: root
 * @@ runs: unshare --pid --fork --mount-proc "$DTRACE" -q -s "$FILE" -c "sh -c 'sleep 0.1; /bin/true'"
 */
sdt:::sched_process_exec /progenyof($target)/ { @[execname] = count(); }
END { printa("%s %@d\n", @); }
