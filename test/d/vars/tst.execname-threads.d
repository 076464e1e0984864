/* SPDX-License-Identifier: MIT */
/*
 * execname is the process's name in all its threads, threadname the thread's.
 * @@ args: -c $TRIGGERS/named-threads
 */
syscall::getppid:entry
/pid == $target/
{
	printf("%s %s %d\n", execname, threadname, strlen(execname));
	@names[execname] = count();
}
syscall::getppid:entry
/pid == $target && execname == "named-threads"/
{
	@same = count();
}
