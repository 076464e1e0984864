/* SPDX-License-Identifier: MIT */
/*
 * maxframes is the most that any stack has, whatever depth the program asks for; ustackframes and
 * jstackframes are the depth of ustack() and jstack() where the program does not say one.
 * @@ runs: for o in maxframes=2 ustackframes=1 jstackframes=1; do "$DTRACE" -q -x $o -s "$FILE" -c "$TRIGGERS/syscalls 1" | awk '/:$/{name=$1} /`|0x/{n[name]++} END{print (n["stack:"] > 2), n["stack:"] == 2, n["ustack:"], n["jstack:"]}'; done
 */
syscall::getppid:entry
/pid == $target && !done++/
{
	printf("stack:\n");
	stack(9);
	printf("ustack:\n");
	ustack();
	printf("jstack:\n");
	jstack();
}
