/* SPDX-License-Identifier: MIT */
/*
 * With -c, too, a single newline ends the output.
 * @@ runs: "$DTRACE" -q -c true -n 'syscall::nosuchcall:entry {}' -Z
 */
BEGIN { exit(0); }
