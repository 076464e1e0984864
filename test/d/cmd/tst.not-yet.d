/* SPDX-License-Identifier: MIT */
/*
 * A flag of dtrace(1) that is not there yet says so.
 * @@ runs: "$DTRACE" -G -s "$FILE" 2>&1 | grep -c -- "-G"
 */
BEGIN { exit(0); }
