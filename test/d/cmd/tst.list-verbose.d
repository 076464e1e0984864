/* SPDX-License-Identifier: MIT */
/*
 * -lv shows stability and arguments under each probe.
 * @@ runs: "$DTRACE" -lvn 'syscall::getppid:entry' 
 */
BEGIN { exit(0); }
