/* SPDX-License-Identifier: MIT */
/*
 * cpumigrate is about the thread that moves, and fires as often as the kernel counts it.
 * @@ needs: cpus
 * @@ args: -c "/usr/bin/python3 migrations.py"
 */
self int in;
self uint64_t before;

syscall::getppid:entry
/pid == $target && !self->in/
{
	self->before = curthread->se.nr_migrations;
	self->in = 1;
}

sysinfo:::cpumigrate /pid == $target && self->in == 1/ { n += arg0; }

syscall::getppid:return
/self->in && n/
{
	printf("%d %d", n, curthread->se.nr_migrations - self->before);
	self->in = 2;
}
