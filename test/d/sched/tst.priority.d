/* SPDX-License-Identifier: MIT */
/*
 * A thread's priority changes by its own calls: nice 5 is 125, the real-time priority 10 is 89.
 * @@ args: -c "nice -n 5 chrt -f 10 true"
 */
sched:::change-pri
/pid == $target/
{
	printf("%s %d, %d %d\n", execname, args[2], args[0]->pr_pri,
	    args[0]->pr_lwpid == tid && args[1]->pr_pid == pid);
}
