/* SPDX-License-Identifier: MIT */
/*
 * A call that fails returns -1 and sets errno, as the program sees it.
 * @@ args: -c "/usr/bin/test -e /nosuch/file"
 */
syscall:::return /pid == $target && errno == 2/ { @[errno, arg0, arg1] = min(1); }
