/* SPDX-License-Identifier: MIT */
/*
 * The room of an element that was set to 0 serves the next one at once, of strings too.
 * @@ args: -x dynvarsize=400 -c "$TRIGGERS/syscalls 20000"
 */
int n; int numbers; int strings; int threads;
syscall::getppid:entry
/pid == $target/
{
	number[n] = 1;
	numbers += number[n];
	number[n] = 0;
	text[n] = "x";
	strings += text[n] == "x";
	text[n] = 0;
	self->own[n] = 1;
	threads += self->own[n];
	self->own[n] = 0;
	n++;
}
END { printf("%d %d %d %d\n", n, numbers, strings, threads); }
