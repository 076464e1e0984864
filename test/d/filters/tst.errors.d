/* SPDX-License-Identifier: MIT */
/*
 * What a filter names has to exist.
 * @@ needs: cgroup2
 * @@ runs: for o in cgroup=no/such unit=no-such.service container=0no0such pid=1,999999999 pid=1, pid=x cgroup; do "$DTRACE" -x $o -n BEGIN 2>&1; done | sed 's|/sys/fs/cgroup.*|CGROUP2|'
 */
