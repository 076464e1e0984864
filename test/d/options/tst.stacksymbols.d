/* SPDX-License-Identifier: MIT */
/*
 * With stacksymbols=off the frames of stacks are numbers, and symbols outside of stacks are still named;
 * with noresolve all addresses of processes are numbers, and the kernel's are named.
 * @@ runs: for o in stacksymbols=off stacksymbols noresolve; do "$DTRACE" -q -x $o -s "$FILE" -c "$TRIGGERS/syscalls 1" | tr -s ' \n' | sed -E 's|`[^ ]*|`|g; s|0x[0-9a-f]{6,}|ADDRESS|g'; done
 */
syscall::getppid:entry
/pid == $target && !done++/
{
	stack(1);
	ustack(1);
	printf("%A", ucaller);
	printf(" %a\n", caller);
}
