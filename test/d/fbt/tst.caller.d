/* SPDX-License-Identifier: MIT */
/*
 * caller and stack(): the function itself comes first.
 * @@ needs: kprobes
 * @@ args: -c "$TRIGGERS/syscalls 1"
 */
fbt::vfs_write:entry /pid == $target/ { sym(caller); stack(2); exit(0); }
