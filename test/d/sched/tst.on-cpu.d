/* SPDX-License-Identifier: MIT */
/*
 * on-cpu is about the thread that begins to run: who it is, and what it keeps.
 * @@ args: -c $TRIGGERS/named-threads
 */
sched:::off-cpu
/pid == $target/
{
	self->name[probename] = threadname;
	self->thread = curthread;
}
sched:::on-cpu
/self->thread/
{
	n++;
	same += self->thread == curthread && self->name["off-cpu"] == threadname &&
	    curlwpsinfo->pr_lwpid == tid && curpsinfo->pr_pid == pid && pid == $target &&
	    uid == curpsinfo->pr_uid && ppid == curpsinfo->pr_ppid && gid == curpsinfo->pr_gid &&
	    execname == curpsinfo->pr_fname;
	self->thread = 0;
	self->name["off-cpu"] = 0;
}
END { printf("%d %d\n", n > 0, n - same); }
