/* SPDX-License-Identifier: MIT */
/*
 * A call that a signal interrupts ends with EINTR, as the program sees it: the kernel's restart
 * codes do not show.
 * @@ args: -c $TRIGGERS/interrupted
 */
syscall::pause:return,
syscall::clock_nanosleep:return,
syscall::read:return
/pid == $target && arg0 == -1/
{
	@[probefunc, errno, arg0, arg1] = count();
}
