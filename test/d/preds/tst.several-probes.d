/* SPDX-License-Identifier: MIT */
/*
 * One predicate for all probes of a clause.
 * @@ args: -c "$TRIGGERS/syscalls 50"
 */
syscall::getppid:entry, syscall::getppid:return, syscall::write:entry /pid == $target && (probefunc == "getppid" || arg2 == 8)/
{
	@[probefunc, probename] = count();
}
