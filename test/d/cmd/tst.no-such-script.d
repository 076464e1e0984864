/* SPDX-License-Identifier: MIT */
/*
 * A script that is not there.
 * @@ runs: "$DTRACE" -s /nonexistent/x.d
 * @@ exit: 1
 */
BEGIN { exit(0); }
