/* SPDX-License-Identifier: MIT */
/*
 * Pointers to functions, in the kernel's structures and in the program's own: compared, recorded,
 * named. They may not be called.
 */
typedef int (*handler_t)(int, char *);
struct operations { handler_t first; int (*second)(void); };
struct operations own;

BEGIN
{
	this->exit = curthread->sched_class->enqueue_task;
	printf("%d %d %d\n", this->exit != NULL, this->exit == curthread->sched_class->enqueue_task,
	    sizeof (this->exit));
	own.first = (handler_t)&`vfs_read;
	printf("%a %d %d\n", own.first, own.second == NULL, sizeof (own));
	sym((uintptr_t)own.first);
	print(own);
	print(own.first);
	@[func((uintptr_t)own.first)] = count();
	exit(0);
}
