/* SPDX-License-Identifier: MIT */
/*
 * A clause-local variable of a clause that is enabled at two attach points is one of its own at
 * each.
 * @@ args: -c "$TRIGGERS/syscalls 1"
 */
syscall::getppid:entry, syscall::getppid:return
/pid == $target/
{
	this->text = strjoin(execname, "!");
}

syscall::getppid:entry, syscall::getppid:return
/this->text == "syscalls!"/
{
	this->number = probename == "entry" ? 1 : 2;
	printf("%d %s %d\n", this->number, this->text, this->number);
}
