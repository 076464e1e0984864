/* SPDX-License-Identifier: MIT */
/*
 * A flag of dtrace(1) that is unavailable is named in the message.
 * @@ runs: "$DTRACE" -A -s "$FILE" 2>&1 | grep -c -- "-A"
 */
BEGIN { exit(0); }
