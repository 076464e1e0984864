/* SPDX-License-Identifier: MIT */
/*
 * copyin() gives memory of its own: the bytes that lie at a user address.
 * @@ args: -c "$TRIGGERS/syscalls 3"
 */
syscall::write:entry /pid == $target && arg2 == 8 && !n++/
{
	this->p = (uint64_t *)copyin(arg1, 8);
	this->b = (uint8_t *)this->p;
	printf("%d %d %d", *this->p, this->b[0], this->b[7]);
	exit(0);
}
