/* SPDX-License-Identifier: MIT */
/*
 * -x unit finds a unit of systemd by its name, with or without its kind.
 * @@ needs: cgroup2 root
 * @@ runs: exec /usr/bin/python3 ./cgroups.py dtrace-one.service,dtrace-two.service,sub.slice,sub.slice/dtrace-three.scope unit=dtrace-one unit=dtrace-three.scope
 */
