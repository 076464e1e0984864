/* SPDX-License-Identifier: MIT */
/*
 * A script that does not exist.
 * @@ runs: "$DTRACE" -s /nonexistent/x.d
 * @@ exit: 1
 */
BEGIN { exit(0); }
