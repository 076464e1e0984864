/* SPDX-License-Identifier: MIT */
/*
 * Strings of the kernel from a tracepoint's structures.
 * @@ needs: btf
 * @@ args: -c "$TRIGGERS/syscalls 20 1"
 */
sdt:::sched_switch /args[2]->tgid == $target/ { @[stringof(args[2]->comm), execname == stringof(args[1]->comm)] = min(1); }
