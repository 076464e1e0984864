/* SPDX-License-Identifier: MIT */
/*
 * One mode alone.
 * @@ runs: "$DTRACE" -l -V 2>&1
 * @@ exit: 2
 */
BEGIN { exit(0); }
