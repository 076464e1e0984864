/* SPDX-License-Identifier: MIT */
/*
 * A shell starts /bin/true four times, and what does not exist: so many processes begin, execute a
 * program and end.  Those that begin run nothing before start and lwp-start.
 * @@ args: -c "sh -c 'for i in 1 2 3 4; do /bin/true; done; /nonexistent 2>/dev/null; true'"
 */
BEGIN { started[0] = 0; }
proc:::create /pid == $target/ { @n["create"] = count(); made[args[0]->pr_pid] = 1; }
proc:::lwp-create
/pid == $target && args[0]->pr_lwpid == args[1]->pr_pid/
{
	@n["lwp-create"] = count();
}
syscall:::entry /made[pid] && !started[pid]/ { @n["too early"] = count(); }
proc:::start /made[pid]/ { @n["start"] = count(); started[pid] = 1; }
proc:::lwp-start /made[pid] && tid == pid/ { @n["lwp-start"] = count(); }
proc:::exec /started[pid]/ { @n[strjoin("exec ", basename(copyinstr(arg0)))] = count(); }
proc:::exec-success /started[pid]/ { @n[strjoin("exec-success ", execname)] = count(); }
proc:::exec-failure /started[pid]/ { @n["exec-failure"] = count(); @error[args[0], errno] = count(); }
proc:::lwp-exit /made[pid]/ { @n["lwp-exit"] = count(); }
proc:::exit /made[pid]/ { @n["exit"] = count(); @reason[args[0] == CLD_EXITED] = count(); }
END
{
	printa("%s %@d\n", @n);
	printa("error %d %d %@d\n", @error);
	printa("exited %d %@d\n", @reason);
}
