/* SPDX-License-Identifier: MIT */
/*
 * -p with a process that does not exist.
 * @@ runs: "$DTRACE" -p 4194305 -n BEGIN
 * @@ exit: 1
 */
BEGIN { exit(0); }
