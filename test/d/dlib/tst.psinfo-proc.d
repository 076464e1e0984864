/* SPDX-License-Identifier: MIT */
/*
 * The members of psinfo_t and lwpsinfo_t, against what /proc says: of a process with a terminal,
 * threads, and ids that differ, by two schedules. The trigger prints the same lines, so that each
 * must be there twice.
 * @@ runs: $DTRACE -q -s $FILE -c "python3 onpty.py" | sort | uniq -c | awk '$2 != "" { print ($1 == 2 ? "twice" : $0) }'
 */
syscall::lseek:entry
/(int)arg1 == -4000011/
{
	printf("%d %d %d %d %d:%d %d ", curpsinfo->pr_pid, curpsinfo->pr_ppid, curpsinfo->pr_pgid,
	    curpsinfo->pr_sid, getmajor(curpsinfo->pr_ttydev), getminor(curpsinfo->pr_ttydev),
	    curpsinfo->pr_nlwp);
	printf("%d %d %d %d ", curpsinfo->pr_uid, curpsinfo->pr_euid, curpsinfo->pr_gid,
	    curpsinfo->pr_egid);
	/* /proc counts priorities from 100 on, the kernel's first that is no real-time one. */
	printf("%d %d %d %d %s\n", curlwpsinfo->pr_nice, curlwpsinfo->pr_pri - 100,
	    curlwpsinfo->pr_onpro, curlwpsinfo->pr_bindpro, curlwpsinfo->pr_clname);
}
