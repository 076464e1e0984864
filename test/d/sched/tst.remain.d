/* SPDX-License-Identifier: MIT */
/*
 * A thread that offers its CPU keeps it where nobody else wants it: every offer is a switch or none.
 * @@ needs: sched-exit
 * @@ args: -c "$TRIGGERS/turns yield 500"
 */
BEGIN { on = 0; }
syscall::sched_yield:entry /pid == $target/ { yields++; self->yields = 1; }
syscall::sched_yield:return /self->yields/ { self->yields = 0; }
sched:::remain-cpu /self->yields/ { remains++; }
sched:::preempt /self->yields/ { preempts++; }
END { printf("%d %d\n", yields, remains > 0 && remains + preempts >= yields); }
