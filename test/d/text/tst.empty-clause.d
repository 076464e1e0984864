/* SPDX-License-Identifier: MIT */
/*
 * An empty clause prints the header once and the prefix; nothing fires twice.
 * @@ runs: "$DTRACE" -s "$FILE" 2>/dev/null
 */
BEGIN {}
BEGIN { exit(0); }
