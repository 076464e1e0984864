/* SPDX-License-Identifier: MIT */
/*
 * A function's value is that of its type: an int of -2 is negative, with one probe and with several.
 * @@ needs: kprobes btf
 * @@ runs: mkdir $TMP/d; for probes in fbt::do_rmdir:return fbt::do_rmdir:return,fbt::vfs_write:return; do $DTRACE -qn "$probes"'/pid == $target && arg1 < 0/ { printf("%d %d\n", arg1, args[1] == arg1); }' -c "rmdir $TMP/none" 2>/dev/null; done
 */
BEGIN { exit(0); }
