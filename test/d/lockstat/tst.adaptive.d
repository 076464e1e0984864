/* SPDX-License-Identifier: MIT */
/*
 * A mutex that is held for 20 ms three times: adaptive-block fires once for each wait, as often as
 * the kernel's tracepoint for its end, and its time is what the waiting thread spends in write(2),
 * nearly. Where the thread spins first, adaptive-spin tells how long.
 * @@ args: -c "$TRIGGERS/waits pipe 3"
 */
sdt:::contention_begin /pid == $target && threadname == "waiter" && args[1] & 32/ { self->lock = args[0]; }
lockstat:::adaptive-block
/pid == $target && threadname == "waiter" && arg1 >= 15000000/
{
	waits++;
	waited += args[1];
	same += args[0] == self->lock;
}
lockstat:::adaptive-spin /pid == $target && threadname == "waiter" && self->lock/ { spun += args[1]; }
sdt:::contention_end /pid == $target && args[0] == self->lock/ { ends++; self->lock = 0; }
syscall::write:entry /pid == $target && threadname == "waiter"/ { self->began = timestamp; }
syscall::write:return /self->began/ { inside += timestamp - self->began; self->began = 0; }
END
{
	printf("%d %d, the same lock %d\n", waits, ends, same);
	printf("%d %d %d\n", waited >= 45000000, waited + spun <= inside, waited >= inside / 2);
}
