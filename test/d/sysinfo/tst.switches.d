/* SPDX-License-Identifier: MIT */
/*
 * pswitch and inv_swtch count a thread's switches as getrusage() does.
 * @@ runs: $DTRACE -q -s $FILE -c "/usr/bin/python3 switches.py" | awk 'NR == 1 { all = $1; forced = $2 } NF == 4 { print ($1 >= 10), (all >= $1 && all <= $1 + 3), ($2 > 0), (forced >= $2 && forced <= $2 + 3), ($3 == $1), $4 }'
 */
self int in;
syscall::getppid:entry /pid == $target/ { self->in = !self->in; }
sysinfo:::pswitch /self->in/ { all += arg0; }
sysinfo:::inv_swtch /self->in/ { forced += arg0; }
sched:::off-cpu /self->in/ { off++; }
sched:::off-cpu /args[0]->pr_lwpid == 0/ { idle[cpu]++; }
sysinfo:::idlethread { idle[cpu]--; }
END { printf("%d %d %d %d\n", all, forced, off, idle[0] >= -1 && idle[0] <= 1); }
