/* SPDX-License-Identifier: MIT */
/*
 * Who holds a lock that a thread of higher priority waits for gets that priority until it has given
 * the lock away.
 * @@ args: -c "$TRIGGERS/turns lend"
 */
sched::sched_pi_setprio:change-pri
/args[1]->pr_pid == $target/
{
	printf("%d %d\n", args[0]->pr_lwpid == $target, args[2]);
}
