/* SPDX-License-Identifier: MIT */
/*
 * Signals that a process sends to itself: three have a handler, two are ignored, one is waited for.
 * @@ args: -c "$TRIGGERS/lives signals"
 */
proc:::signal-send
/pid == $target/
{
	@n[probename, args[2], args[1]->pr_pid == pid, args[0]->pr_lwpid == pid] = count();
}
proc:::signal-discard
/pid == $target && args[1]->pr_pid == pid/
{
	@n[probename, args[2], args[1]->pr_pid == pid, args[0]->pr_lwpid == pid] = count();
}
proc:::signal-handle
/pid == $target/
{
	@n[probename, args[0], args[1]->si_pid == pid, args[1]->si_code == SI_USER] = count();
	@handlers[ufunc((uintptr_t)args[2])] = count();
}
proc:::signal-clear /pid == $target/ { @n[probename, args[0], 1, 1] = count(); }
END { printa("%s %d %d %d %@d\n", @n); printa("%A %@d\n", @handlers); }
