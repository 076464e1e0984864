/* SPDX-License-Identifier: MIT */
/*
 * A flag of dtrace(1) that is not there yet says so.
 * @@ runs: "$DTRACE" -A -s "$FILE" 2>&1 | grep -c -- "-A"
 */
BEGIN { exit(0); }
