/* SPDX-License-Identifier: MIT */
/*
 * Many functions in one attachment; each firing tells its function.
 * @@ needs: kprobes
 * @@ args: -c "$TRIGGERS/syscalls 50"
 */
fbt:vmlinux:vfs_*:entry /pid == $target && probefunc == "vfs_write"/ { @[probefunc] = count(); }
END { printa("%s %@d\n", @); }
