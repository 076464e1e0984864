/* SPDX-License-Identifier: MIT */
/*
 * A process that is not in the consumer's PID namespace has no id there.
 * @@ needs: root
 * @@ runs: unshare -pf --mount-proc "$DTRACE" -qs "$FILE"
 * @@ trigger: while :; do $TRIGGERS/named-threads; sleep 0.1; done
 */
syscall::getppid:entry
/execname == "named-threads" && threadname == "worker"/
{
	printf("%d %d %d\n", pid, ppid, tid);
	exit(0);
}
