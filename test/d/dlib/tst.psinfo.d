/* SPDX-License-Identifier: MIT */
/*
 * curpsinfo and curlwpsinfo, against what /proc and the program itself know.
 * @@ args: -c "sh -c 'renice -n 5 -p \$\$ >/dev/null; exec $TRIGGERS/syscalls 20 1'"
 */
syscall::getppid:entry
/pid == $target && execname == "syscalls"/
{
	printf("%s | %s | %d\n", curpsinfo->pr_fname, basename(curpsinfo->pr_psargs),
	    curpsinfo->pr_argc);
	printf("%s\n", copyinstr(*(uintptr_t *)copyin(curpsinfo->pr_argv + 8, 8)));
	printf("%d %d %d %d\n", curpsinfo->pr_pid == $target, curpsinfo->pr_ppid == ppid,
	    curpsinfo->pr_nlwp, curpsinfo->pr_dmodel == PR_MODEL_LP64);
	printf("%d %d %d %d\n", curpsinfo->pr_uid == uid, curpsinfo->pr_euid == uid,
	    curpsinfo->pr_gid == gid, curpsinfo->pr_egid == gid);
	printf("%d %d\n", curpsinfo->pr_sid == $sid, curpsinfo->pr_addr == (uintptr_t)curthread);
	printf("%d %c %d %d\n", curlwpsinfo->pr_state == SONPROC, curlwpsinfo->pr_sname,
	    curlwpsinfo->pr_nice, curlwpsinfo->pr_onpro == cpu);
	printf("%d %s\n", curlwpsinfo->pr_lwpid == tid, curlwpsinfo->pr_clname);
	exit(0);
}
