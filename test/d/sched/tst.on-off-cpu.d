/* SPDX-License-Identifier: MIT */
/*
 * on-cpu is about the thread that begins to run, off-cpu about the one that leaves: what the first
 * keeps in self->, the second finds.
 * @@ args: -c "sh -c 'for i in 1 2 3 4 5; do sleep 0.02; done'"
 */
sched:::on-cpu /pid == $target && execname == "sh" && tid == pid && uid == 0/ { self->on = ++on; }
sched:::off-cpu /pid == $target/ { off++; paired += self->on == on; nexts += args[0]->pr_lwpid >= 0; }
END { printf("%d %d %d %d", on > 5, off - on <= 1, off - paired <= 1, nexts == off); }
