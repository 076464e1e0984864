/* SPDX-License-Identifier: MIT */
/*
 * The beginning of an id has to be that of one container.
 * @@ needs: cgroup2 root
 * @@ runs: exec /usr/bin/python3 ./cgroups.py docker-d7ace0005f.scope,d7ace0006f container=d7ace000
 */
