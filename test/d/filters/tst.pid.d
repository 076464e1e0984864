/* SPDX-License-Identifier: MIT */
/*
 * -x pid means these processes, wherever they are.
 * @@ needs: cgroup2 root
 * @@ runs: exec /usr/bin/python3 ./cgroups.py a,b,c 'pid=PID(a),PID(c)'
 */
