/* SPDX-License-Identifier: MIT */
/*
 * Several cgroups are added up; pid chooses among their processes. Names of the file system will do.
 * @@ needs: cgroup2 root
 * @@ runs: exec /usr/bin/python3 ./cgroups.py a,b,c cgroup=TOP/a cgroup=TOP/b 'pid=PID(b),PID(c)'
 */
