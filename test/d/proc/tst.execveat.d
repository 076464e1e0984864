/* SPDX-License-Identifier: MIT */
/*
 * execveat(2) executes, too; its path is the second argument.  Python's os.execve() of a descriptor
 * calls fexecve().
 * @@ args: -c "/usr/bin/python3 -c 'import os; os.execve(os.open(\"/bin/true\", 0), [\"x\"], {})'"
 */
proc:::exec /pid == $target/ { self->path = arg0; }
syscall::execveat:entry /pid == $target/ { self->second = arg1; }
proc:::exec-success
/pid == $target && self->second/
{
	printf("%d\n", self->path == self->second);
}
