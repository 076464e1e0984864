/* SPDX-License-Identifier: MIT */
/*
 * Two processes that wake each other: each sleep of the second ends by a wake-up, and it is nearly
 * always the first that wakes it.
 * @@ args: -c "$TRIGGERS/turns talk 50"
 */
proc:::create /pid == $target/ { other = args[0]->pr_pid; }
sched:::sleep /other && pid == other/ { sleeps++; }
sched:::wakeup /other && args[1]->pr_pid == other && args[0]->pr_lwpid == other/ { wakeups++; }
sched:::wakeup /pid == $target && other && args[1]->pr_pid == other/ { own++; }
syscall::getppid:entry /pid == $target && other/ { exit(0); }
END
{
	printf("%d %d %d\n", sleeps > 10, sleeps - wakeups <= 1 && wakeups - sleeps <= 1,
	    own * 10 >= sleeps * 5);
}
