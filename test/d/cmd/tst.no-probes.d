/* SPDX-License-Identifier: MIT */
/*
 * Options alone trace nothing.
 * @@ runs: "$DTRACE" -q 2>&1
 * @@ exit: 1
 */
BEGIN { exit(0); }
