/* SPDX-License-Identifier: MIT */
/*
 * -o appends the output to a file; messages stay on standard error.
 * @@ runs: "$DTRACE" -o $TMP/f -qn 'BEGIN { printf("a"); exit(0); }'; "$DTRACE" -o $TMP/f -qn 'BEGIN { printf("b"); exit(0); }'; cat $TMP/f
 */
BEGIN { exit(0); }
