/* SPDX-License-Identifier: MIT */
/*
 * The registers of the thread in user mode: what a system call got, by their names and by a number
 * that only the run knows, and where the thread was.
 * @@ needs: x86_64
 * @@ args: -c "$TRIGGERS/syscalls 1"
 */
syscall::write:entry /pid == $target/
{
	i = R_RSI;
	printf("%d %d %d %d ", uregs[R_RDI] == arg0, uregs[i] == arg1, uregs[R_RDX], uregs[R_ORIG_RAX]);
	ufunc(uregs[R_PC]);
	printf(" %d", uregs[R_SP] > 0x1000);
}
