/* SPDX-License-Identifier: MIT */
/*
 * execargs is the command line, also one with empty arguments and blanks; the size of strings cuts
 * it.
 * @@ runs: $DTRACE -q -s $FILE -c "$TRIGGERS/syscalls 1 '' 'a  b'" && $DTRACE -q -x strsize=16 -s $FILE -c "$TRIGGERS/syscalls 1"
 */
syscall::getppid:entry
/pid == $target/
{
	printf("%s|%d\n", strstr(execargs, "trigger"), strlen(execargs) == 15);
	exit(0);
}
