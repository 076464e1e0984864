/* SPDX-License-Identifier: MIT */
/*
 * Variables of the kernel have the type that BTF has, or that the program declares; /proc shows the same values.
 * @@ needs: symbols
 * @@ args: "$(cat /proc/version)" "$(uname -r)"
 */
extern const char linux_banner[512];
extern unsigned long volatile jiffies, jiffies_64;
extern unsigned long max_pfn;
extern struct uts_namespace init_uts_ns;
extern struct task_struct init_task;
extern int *saved_command_line;

BEGIN
{
	this->before = `jiffies;
	printf("%d\n", strtok(stringof(`linux_banner), "\n") == $$1);
	printf("%d %s\n", stringof(`init_uts_ns.name.release) == $$2, `init_task.comm);
	printf("%d\n", `max_pfn > 0 && `max_pfn == *(unsigned long *)&`max_pfn);
	printf("%d %d\n", vmlinux`jiffies_64 - this->before < 1000, sizeof (`max_pfn));
	printf("%d\n", (uint64_t)&`linux_banner == (uint64_t)&vmlinux`linux_banner);
	printf("%d\n", `runqueues.nr_running >= 1);
	exit(0);
}
