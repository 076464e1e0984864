/* SPDX-License-Identifier: MIT */
/*
 * The time that a thread has its CPU, and the time that it waits for one: the kernel keeps the
 * second, as /proc/PID/schedstat shows it.  Two other programs want the same CPU.
 * @@ needs: cpus
 * @@ runs: for i in 1 2; do taskset -c 1 $TRIGGERS/turns burn & all="$all $!"; done; "$DTRACE" -qs "$FILE" -c "taskset -c 1 $TRIGGERS/turns work 30"; s=$?; kill $all; exit $s
 */
BEGIN { calls = 0; }
syscall::getppid:entry
/pid == $target && calls++ == 0/
{
	began = timestamp;
	self->on = timestamp;
	waited = curthread->sched_info.run_delay;
}
sched:::enqueue /began && args[0]->pr_lwpid == $target/ { queued = timestamp; }
sched:::dequeue
/queued && args[0]->pr_lwpid == $target/
{
	waits += timestamp - queued;
	queued = 0;
}
sched:::on-cpu /began && tid == $target/ { self->on = timestamp; }
sched:::off-cpu /self->on/ { runs += timestamp - self->on; self->on = 0; }
syscall::getppid:entry
/pid == $target && calls == 2/
{
	runs += timestamp - self->on;
	waited = curthread->sched_info.run_delay - waited;
	printf("60 ms used: %d, asleep for 30 ms: %d\n", runs >= 57000000,
	    runs + waits <= timestamp - began - 28000000);
	printf("waited: %d %d\n", waits >= waited / 10 * 9 - 1000000,
	    waits <= waited / 10 * 11 + 10000000);
	printf("long: %d\n", waits > 20000000);
}
