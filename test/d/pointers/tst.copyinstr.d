/* SPDX-License-Identifier: MIT */
/*
 * copyinstr() reads a text of the process; its second argument limits the characters.
 * @@ args: -c "/usr/bin/test -e /etc/hostname"
 */
syscall:::entry /pid == $target && arg1 > 65536 && (probefunc == "newfstatat" || probefunc == "faccessat2" || probefunc == "statx")/
{
	this->name = copyinstr(arg1);
}
syscall:::entry /pid == $target && this->name == "/etc/hostname"/
{
	printf("%s %s %d", this->name, copyinstr(arg1, 5), strlen(copyinstr(arg1)));
	exit(0);
}
