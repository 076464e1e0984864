/* SPDX-License-Identifier: MIT */
/*
 * fds[] says of a descriptor what /proc says: files of many file systems, deleted ones, pipes,
 * sockets, namespaces and other files without directory, behind a bind mount, in a chroot and out
 * of it. The trigger prints the same lines, so that each must be there twice.
 * @@ runs: $DTRACE -q -s $FILE -c "unshare -m python3 files.py $TMP/x" | sort | uniq -c | awk '$2 != "" && $1 != 2 && $1 != 4 { print } END { print (NR > 40) }'
 */
syscall::lseek:entry
/pid == $target && (int)arg1 == -4000001/
{
	printf("%d|%s|%s|%s\n", arg0, fds[arg0].fi_pathname, fds[arg0].fi_name,
	    fds[arg0].fi_dirname);
}

syscall::lseek:entry
/pid == $target && (int)arg1 == -4000002/
{
	printf("%d|%s|%s\n", arg0, fds[arg0].fi_fs, fds[arg0].fi_mount);
}

syscall::lseek:entry
/pid == $target && (int)arg1 == -4000003/
{
	printf("%d|%d|0o%o\n", arg0, fds[arg0].fi_offset, fds[arg0].fi_oflags);
}
