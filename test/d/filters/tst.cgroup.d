/* SPDX-License-Identifier: MIT */
/*
 * -x cgroup means the processes in a cgroup and below it, and nobody else, also where the probe is
 * about a thread that does not run yet. BEGIN, tick and END fire all the same. cgroup is the inode's
 * number of the directory.
 * @@ needs: cgroup2 root
 * @@ runs: exec /usr/bin/python3 ./cgroups.py a,a/b,ab,c cgroup=/TOP/a
 */
