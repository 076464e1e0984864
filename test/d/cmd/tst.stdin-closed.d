/* SPDX-License-Identifier: MIT */
/*
 * The command works with its standard input closed.
 * @@ runs: "$DTRACE" -qn 'BEGIN { printf("ok"); exit(0); }' <&-
 */
BEGIN { exit(0); }
