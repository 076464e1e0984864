/* SPDX-License-Identifier: MIT */
/*
 * A tracepoint's arguments with the kernel's types: who leaves the CPU and who gets it.
 * @@ needs: btf
 * @@ args: -c "$TRIGGERS/syscalls 20 1"
 */
sdt:::sched_switch /args[1]->tgid == $target/ { out++; }
sdt:::sched_switch /args[2]->tgid == $target/ { in++; }
sdt:::sched_switch /pid == $target/ { mine++; }
END { printf("%d %d %d", out >= 20, in >= 20, out == mine); }
