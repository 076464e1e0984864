/* SPDX-License-Identifier: MIT */
/*
 * A kernel without kprobes says so.
 * @@ needs: no-kprobes
 * @@ runs: $DTRACE -n 'fbt::vfs_read:entry' 2>&1 | grep -o 'this kernel was built without kprobes'
 */
BEGIN { exit(0); }
