/* SPDX-License-Identifier: MIT */
/*
 * -p with a process that is not there.
 * @@ runs: "$DTRACE" -p 4194305 -n BEGIN
 * @@ exit: 1
 */
BEGIN { exit(0); }
