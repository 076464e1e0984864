/* SPDX-License-Identifier: MIT */
/*
 * A path that is longer than strings are is cut at its end; the name of the file is not part of
 * what was cut. One that is longer than the kernel's paths, built step by step, is not known.
 * @@ args: -x strsize=64 -c "python3 long.py $TMP"
 */
syscall::lseek:entry
/pid == $target && (int)arg1 == -4000001/
{
	printf("%d %d %s\n", strlen(fds[arg0].fi_pathname),
	    index(fds[arg0].fi_pathname, "/n/n/n") > 0, fds[arg0].fi_name);
}

syscall::lseek:entry
/pid == $target && (int)arg1 == -4000002/
{
	printf("%s %s\n", fds[arg0].fi_pathname, fds[arg0].fi_name);
}
