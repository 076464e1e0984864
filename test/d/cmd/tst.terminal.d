/* SPDX-License-Identifier: MIT */
/*
 * On a terminal control characters of traced strings are escaped: trace(), printf(), print(), keys.
 * Those of the program's own formats, lines and other letters are shown as they are.
 * @@ trigger: $TRIGGERS/hostile
 * @@ runs: python3 on-terminal.py "$DTRACE" -qs $FILE
 */
syscall::openat:entry
/execname == "\033[2Jevil\177\r"/
{
	trace(execname);
	printf("\n\033[1m%s\033[0m\n%20s|%-20s|%c|%S\n", copyinstr(arg1), execname, execname, execname[0], execname);
	print(execname);
	printf("\na\tb\n");
	@keys[execname] = count();
	@format[execname] = count();
	exit(0);
}
END { printa(@keys); printa("%s %@d\n", @format); }
