/* SPDX-License-Identifier: MIT */
/*
 * In a cgroup namespace, where it is not known how deep the hierarchy's visible top lies, the way up
 * from a process's cgroup is searched.
 * @@ needs: cgroup2 root
 * @@ runs: exec unshare -C /usr/bin/python3 ./cgroups.py a,a/b,ab,c cgroup=TOP/a
 */
