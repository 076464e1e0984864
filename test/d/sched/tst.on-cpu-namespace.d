/* SPDX-License-Identifier: MIT */
/*
 * In a PID namespace, ids at on-cpu are those that the namespace's processes know.
 * @@ needs: root
 * @@ runs: unshare -pf --mount-proc "$DTRACE" -qs "$FILE" -c "$TRIGGERS/turns work 5"
 */
sched:::on-cpu /pid == $target/ { n++; same += tid == $target && ppid == $pid; }
END { printf("%d %d %d\n", n >= 5, n - same, $pid); }
