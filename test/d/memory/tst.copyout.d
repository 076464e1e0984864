/* SPDX-License-Identifier: MIT */
/*
 * copyout() and copyoutstr() change the memory of the process: what write() is about to write. An
 * address that cannot be written is a fault.
 * @@ needs: vm
 * @@ flags: -wq
 * @@ args: -c 'printf abcdefgh'
 */
syscall::write:entry
/pid == $target && arg0 == 1/
{
	this->p = (char *)alloca(2);
	this->p[0] = 'A';
	this->p[1] = 'B';
	copyout(this->p, arg1, 2);
	copyoutstr("xyz", arg1 + 3, 2);
	size = 1;
	copyout("Z", arg1 + 7, size);
	copyout("none", 0, size - 1);
}
syscall::write:return /pid == $target/ { copyout("x", 8, 1); }
ERROR { printf(" %d 0x%x", arg4, arg5); exit(0); }
