/* SPDX-License-Identifier: MIT */
/*
 * vtimestamp is the time that the thread was on a CPU: it hardly moves while the thread sleeps.
 * @@ args: -c "sleep 0.3"
 */
syscall::clock_nanosleep:entry /pid == $target/ { self->on = vtimestamp; self->at = timestamp; }
syscall::clock_nanosleep:return
/self->at/
{
	printf("%d %d %d\n", vtimestamp >= self->on, vtimestamp - self->on < 100000000,
	    timestamp - self->at >= 300000000);
	exit(0);
}
