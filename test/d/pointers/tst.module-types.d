/* SPDX-License-Identifier: MIT */
/*
 * Types of a module by its name: structures, typedefs, enumerations; the core kernel is one, by
 * each of its names.
 */
BEGIN
{
	this->task = (struct vmlinux`task_struct *)curthread;
	printf("%d %d %d\n", this->task->tgid == pid,
	    sizeof (struct vmlinux`task_struct) == sizeof (struct task_struct),
	    sizeof (struct genunix`task_struct) == sizeof (struct unix`task_struct));
	printf("%d %d %d\n", sizeof (vmlinux`pid_t), sizeof (enum vmlinux`pid_type),
	    offsetof(struct vmlinux`list_head, prev));
	printf("%d %d\n", vmlinux`PIDTYPE_TGID, `PIDTYPE_PGID);
	print((enum vmlinux`pid_type)2);
	exit(0);
}
