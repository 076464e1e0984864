/* SPDX-License-Identifier: MIT */
/*
 * With -c too one newline ends the output.
 * @@ runs: "$DTRACE" -q -c true -n 'syscall::nosuchcall:entry {}' -Z
 */
BEGIN { exit(0); }
