/* SPDX-License-Identifier: MIT */
/*
 * execveat(2) executes, too; its path is the second argument.  Python's os.execve() of a descriptor
 * calls fexecve().
 * @@ args: -c "/usr/bin/python3 -c 'import os; os.execve(os.open(\"/bin/true\", 0), [\"x\"], {})'"
 */
proc:::exec
/pid == $target && execname == "python3"/
{
	printf("<%s>\n", copyinstr(arg0));
}
syscall::execve*:entry /pid == $target && execname == "python3"/ { printf("%s\n", probefunc); }
proc:::exec-success /pid == $target/ { ended = 1; }
END { printf("%d\n", ended); }
