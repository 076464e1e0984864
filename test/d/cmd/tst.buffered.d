/* SPDX-License-Identifier: MIT */
/*
 * -B: the text comes through the handler of buffered output.
 * @@ runs: "$DTRACE" -B -qn 'BEGIN { printf("%s", "b"); @ = count(); exit(0); }' 
 */
BEGIN { exit(0); }
