/* SPDX-License-Identifier: MIT */
/*
 * -lv shows the types: of a return those of the offset and of the value.
 * @@ needs: kprobes btf
 * @@ runs: $DTRACE -lvn fbt::vfs_write:entry -n fbt::vfs_write:return | grep 'args\['
 */
BEGIN { exit(0); }
