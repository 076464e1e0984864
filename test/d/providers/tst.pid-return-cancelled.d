/* SPDX-License-Identifier: MIT */
/*
 * Threads that are cancelled in a traced function run its cleanups; a handler on a stack of its own
 * returns.
 * @@ needs: uprobes x86_64
 * @@ args: -c "$TRIGGERS/unwound"
 */
pid$target:a.out::return
/probefunc == "work" || probefunc == "sleeps" || probefunc == "waits" || probefunc == "raises" || probefunc == "clean"/
{
	@[probefunc] = count();
}
END { printa("%s %@d\n", @); }
