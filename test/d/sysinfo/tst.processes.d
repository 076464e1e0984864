/* SPDX-License-Identifier: MIT */
/*
 * What a process starts, and its messages: as many as it says.
 * @@ args: -c "/usr/bin/python3 processes.py"
 */
sysinfo:::sysfork, sysinfo:::sysvfork, sysinfo:::nthreads, sysinfo:::sema, sysinfo:::msg
/pid == $target/
{
	n[probename] += arg0;
}

sysinfo:::sysexec /ppid == $target/ { n[probename] += arg0; }

END
{
	printf("%d forks, %d vforks, %d threads, %d exec, %d sema, %d msg", n["sysfork"],
	    n["sysvfork"], n["nthreads"], n["sysexec"], n["sema"], n["msg"]);
}
