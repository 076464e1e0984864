/* SPDX-License-Identifier: MIT */
/*
 * All descriptions of a clause are listed.
 * @@ runs: "$DTRACE" -l -n 'BEGIN, END { }' 
 */
BEGIN { exit(0); }
