/* SPDX-License-Identifier: MIT */
/*
 * curthread is the kernel's own structure of the thread; pid, tid and execname say the same.
 * @@ needs: btf
 */
BEGIN {
	printf("%d %d %d %d", curthread->pid == tid, curthread->tgid == pid, curthread->real_parent->tgid == ppid,
	    stringof(curthread->comm) == execname);
	exit(0);
}
