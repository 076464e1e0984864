/* SPDX-License-Identifier: MIT */
/*
 * In a PID namespace all ids are those that the namespace's processes know; also for processes of
 * namespaces below.  $target, $pid and the pid provider agree with pid, ppid and tid.
 * @@ needs: root uprobes
 * @@ runs: unshare -pf --mount-proc "$DTRACE" -qs "$FILE" -c "unshare -pf $TRIGGERS/named-threads"
 */
BEGIN
{
	printf("%d %d %d\n", pid == $pid, tid == $pid, $pid);
}
syscall::unshare:entry
/pid == $target/
{
	printf("%s: its parent is %s\n", execname, ppid == $pid ? "dtrace" : "another");
}
pid$target:libc.so*:unshare:entry
{
	printf("%s %s\n", execname, pid == $target && tid == $target ? "is the target" : "?");
}
syscall::getppid:entry
/ppid == $target/
{
	printf("%s %s\n", threadname, tid == pid ? "is the first thread" : "is another thread");
	@[tid > pid, pid > $target] = count();
}
