/* SPDX-License-Identifier: MIT */
/*
 * Every switch of a thread is a sleep or a preemption.  The kernel counts both, as /proc/PID/status
 * shows them (voluntary_ctxt_switches, nonvoluntary_ctxt_switches), and the times that the thread
 * gets a CPU, as /proc/PID/schedstat does.  The program's calls of getppid() are the beginning and
 * the end.
 * @@ args: -c "$TRIGGERS/turns work 20"
 */
BEGIN { on = 0; }
syscall::getppid:entry
/pid == $target && on++ == 0/
{
	slept = curthread->nvcsw;
	preempted = curthread->nivcsw;
	arrived = curthread->sched_info.pcount;
}
sched:::sleep /on == 1 && pid == $target/ { sleeps++; }
sched:::preempt /on == 1 && pid == $target/ { preempts++; }
sched:::off-cpu /on == 1 && pid == $target/ { offs++; }
sched:::on-cpu /on == 1 && pid == $target/ { ons++; }
sched:::dequeue /on == 1 && args[1]->pr_pid == $target/ { dequeues++; }
sched::sched_switch:dequeue
/on == 1 && args[1]->pr_pid == $target && args[2]->cpu_id == cpu/
{
	turns++;
}
sched:::enqueue /on == 1 && args[1]->pr_pid == $target && args[3] == 0/ { enqueues++; }
sched:::wakeup /on == 1 && args[1]->pr_pid == $target/ { wakeups++; }
syscall::getppid:entry
/pid == $target && on == 2/
{
	printf("several sleeps: %d\n", sleeps >= 10);
	printf("voluntary %d, others %d\n", curthread->nvcsw - slept - sleeps,
	    curthread->nivcsw - preempted - preempts);
	printf("off %d, on %d\n", offs - sleeps - preempts, ons - offs);
	printf("times on a CPU %d\n", curthread->sched_info.pcount - arrived - ons);
	printf("each woken: %d\n", wakeups >= sleeps);
	printf("turns %d, still queued %d\n", turns - ons, enqueues - dequeues);
}
