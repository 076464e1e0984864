/* SPDX-License-Identifier: MIT */
/*
 * An unknown flag: a message, the usage, status 2.
 * @@ runs: "$DTRACE" -j 2>/dev/null
 * @@ exit: 2
 */
BEGIN { exit(0); }
