/* SPDX-License-Identifier: MIT */
/*
 * Only one mode can be given.
 * @@ runs: "$DTRACE" -l -V 2>&1
 * @@ exit: 2
 */
BEGIN { exit(0); }
