/* SPDX-License-Identifier: MIT */
/*
 * ucaller is the second frame of the user stack, caller a kernel address in code; the depths count
 * frames.
 * @@ needs: uprobes
 * @@ args: -c "$TRIGGERS/functions 1"
 */
pid$target:functions:inner:entry { self->inner = ustackdepth; }
pid$target:functions:middle:return { printf("%A\n", ucaller); }
syscall::exit_group:entry
/pid == $target/
{
	printf("%d %d\n", self->inner > 2, stackdepth > 0);
	printf("%d\n", (uint64_t)caller > 0xffffffff80000000);
}
