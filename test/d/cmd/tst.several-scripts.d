/* SPDX-License-Identifier: MIT */
/*
 * Several -n and -s are one run; variables are shared.
 * @@ runs: "$DTRACE" -q -n 'BEGIN { x = 5; }' -s "$FILE"
 */
BEGIN { printf("%d", x); exit(0); }
