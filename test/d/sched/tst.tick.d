/* SPDX-License-Identifier: MIT */
/*
 * The tick comes as often as jiffies count while a thread uses a CPU, and is about that thread;
 * an idle CPU's is none.
 * @@ runs: look() { awk '/^now at/ { now = $3 } /^jiffies:/ { print now / 1e9, $2; exit }' /proc/timer_list; }; hz=$( (look; sleep 0.2; look) | awk '{ t = $1 - t; j = $2 - j } END { printf "%d", j / t + .5 }'); "$DTRACE" -qs "$FILE" -c "$TRIGGERS/turns work 80" $hz
 */
sched:::tick
/args[1]->pr_pid == $target/
{
	ticks++;
	own += args[0]->pr_lwpid == tid && pid == $target;
}
sched:::tick /pid == 0/ { idle++; }
proc:::lwp-exit
/pid == $target/
{
	wanted = curthread->se.sum_exec_runtime * $1 / 1000000000;
	printf("%d %d, %d, %d\n", ticks > wanted / 3, ticks < wanted * 2 + 5, ticks - own, idle);
}
