/* SPDX-License-Identifier: MIT */
/*
 * -B passes the text through the handler for buffered output.
 * @@ runs: "$DTRACE" -B -qn 'BEGIN { printf("%s", "b"); @ = count(); exit(0); }' 
 */
BEGIN { exit(0); }
