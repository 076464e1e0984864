/* SPDX-License-Identifier: MIT */
/*
 * Entries and returns of a function that the program makes the kernel call a known number of times.
 * @@ needs: kprobes
 * @@ args: -c "$TRIGGERS/syscalls 1000"
 */
fbt::vfs_write:entry /pid == $target/ { @entry = count(); @bytes = sum(args[2]); }
fbt::vfs_write:return /pid == $target/ { @ret = count(); @value = sum(arg1); }
END { printa("%@d %@d %@d %@d\n", @entry, @bytes, @ret, @value); }
