/* SPDX-License-Identifier: MIT */
/*
 * -x container finds a container by the beginning of its id, as Docker, Podman, containerd and CRI-O
 * name its cgroup; the process that watches it is none of it.
 * @@ needs: cgroup2 root
 * @@ runs: exec /usr/bin/python3 ./cgroups.py docker-d7ace0001f.scope,d7ace0002f,d7ace0002f/init,libpod-d7ace0003f.scope,libpod-conmon-d7ace0003f.scope,crio-d7ace0004f.scope container=d7ace0001 container=d7ace0002f container=d7ace0003
 */
