/* SPDX-License-Identifier: MIT */
/*
 * arg0 to arg5 are the six arguments of a system call; arg6 to arg9 do not exist and are 0.
 * @@ args: -c "python3 -c 'import ctypes; ctypes.CDLL(None).syscall(9, 0, 12288, 3, 34, -1, 4096)'"
 * @@ needs: x86_64
 */
syscall::mmap:entry
/pid == $target && arg1 == 12288 && arg5 == 4096/
{
	printf("%d %d %d %d %d %d\n", arg0, arg1, arg2, arg3, (int)arg4, arg5);
	printf("%d %d %d %d\n", arg6, arg7, arg8, arg9);
}
