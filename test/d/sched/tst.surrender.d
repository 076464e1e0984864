/* SPDX-License-Identifier: MIT */
/*
 * A thread of higher priority is woken, again and again, on the CPU of another one, which is told to
 * make a decision.
 * @@ needs: cpus x86_64
 * @@ args: -c "$TRIGGERS/turns kick 40"
 */
sched:::surrender /cpu == 1/ { n++; own += args[0]->pr_lwpid == tid && args[1]->pr_pid == pid; }
sched:::surrender /pid == $target/ { hit++; }
END { printf("%d %d %d\n", n >= 20, n - own, hit > 0); }
