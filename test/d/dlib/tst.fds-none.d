/* SPDX-License-Identifier: MIT */
/*
 * A number that is no descriptor has no file: getf() is NULL and the members say so.
 * @@ args: -c "$TRIGGERS/syscalls 1"
 */
syscall::getppid:entry
/pid == $target/
{
	printf("%d %d %d %d\n", getf(0) != NULL, getf(900) == NULL, getf(-1) == NULL,
	    getf(0x7fffffff) == NULL);
	printf("%s %s %s %s %s %d %d\n", fds[900].fi_name, fds[900].fi_dirname,
	    fds[900].fi_pathname, fds[900].fi_fs, fds[900].fi_mount, fds[900].fi_offset,
	    fds[900].fi_oflags);
	printf("%d %d\n", getf(0)->f_inode != NULL, getf(1) == getf(2));
}
