/* SPDX-License-Identifier: MIT */
/*
 * copyinto() copies user memory into the middle of allocated memory; what copyin() gives may be
 * written, too.
 * @@ args: -c 'printf "some text"'
 */
syscall::write:entry
/pid == $target && arg0 == 1/
{
	this->p = (char *)alloca(16);
	this->p[0] = '<';
	copyinto(arg1, arg2, this->p + 1);
	this->p[arg2 + 1] = '>';
	this->q = (char *)copyin(arg1, 5);
	this->q[4] = '\0';
	this->q[0]++;
	printf("%s %s %s", stringof(this->p), stringof(this->q), (string)copyin(arg1, 10));
}
